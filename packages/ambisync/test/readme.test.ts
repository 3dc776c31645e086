import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { needNames, needs } from '../src/needs.ts'

it('the README has the needs that there are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const rows = needNames.map((need) => `| \`${need}\` | ${needs[need].what} |`)
  const table = ['| need | what it is good for |', '| --- | --- |', ...rows, ''].join('\n')
  expect(readme).toContain(`-->\n${table}<!-- end of needs -->`)
})
