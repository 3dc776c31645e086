/** Writes a few thousand pages of Markdown, the same each time: `node make-site.js FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder] = process.argv.slice(2)
const count = 3_000

mkdirSync(folder, { recursive: true })
for (let page = 1; page <= count; page++) writeFileSync(join(folder, `page-${page}.md`), markdownOf(page))
console.log(`${count} files written`)

function markdownOf(page) {
  return `# Page ${page}

It comes after *page ${page - 1}*, is \`0x${page.toString(16)}\` in hexadecimal, and has [a neighbour](page-${page + 1}.html).

1. ${page % 2 === 0 ? 'Even' : 'Odd'}.
2. Its square is **${page ** 2}**, which is > ${page}, or < 2.

\`\`\`js
export const area = (side = ${page}) => side ** 2 // ${page ** 2}
\`\`\`

\`\`\`css
#page-${page} { width: ${page % 100}% }
\`\`\`
`
}
