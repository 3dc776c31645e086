import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const outputs: Readonly<Record<string, readonly string[]>> = {
  'waiting-for-a-block': [
    'five requests are under way',
    'Lisbon: 24 degrees',
    'Oslo: 11 degrees',
    'Nairobi: 26 degrees',
    'Quito: 18 degrees',
    'Perth: 21 degrees',
  ],
  'fetch-both-ways': ['THE PAGE OF PLUGINS', 'The page of a, The page of b, The page of c'],
  'background-loop': [
    '2432902008176640000n',
    'meanwhile, the nap is pending',
    'not yet',
    'done callback: slept 300 ms',
    'slept 300 ms',
    'slept 20 ms stopped',
  ],
  'synchronous-hosts': [
    'const style = css`a {',
    '  color: red;',
    '}`;',
    '.add { background: url(plus.svg?d82686f2) }',
    'true BABEL_TRANSFORM_ERROR { start: { line: 1, column: 3 } }',
    '> 1 | a{color',
    '    |   ^',
    "CssSyntaxError 1 24 ENOENT: no such file or directory, open './minus.svg'",
  ],
}

it.each(Object.entries(outputs))('%s prints what it should, and ends', async (example, lines) => {
  const path = (file: string): string => fileURLToPath(new URL(`./${example}/${file}`, import.meta.url))
  const script = [path('main.js'), path('main.mjs')].find(existsSync)
  if (script === undefined) throw new Error(`${example} has no program`)
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { timeout: 30_000 })
  expect(stderr).toBe('')
  expect(stdout.trimEnd().split('\n')).toEqual(lines)
})

it("is what the README of fetch shows, but for each file's first line", () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const readme = read('../packages/fetch/README.md')
  for (const file of ['library.js', 'server.js', 'main.js']) {
    const [, ...lines] = read(`./fetch-both-ways/${file}`).trimEnd().split('\n')
    expect(readme).toContain(`${lines.join('\n')}\n\`\`\``)
  }
})
