import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { expect, it } from 'vitest'
import { needNames, needs } from '../src/needs.ts'
import { addServe } from '../src/serve/serve-command.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

it('the README has the needs that there are', () => {
  const rows = needNames.map((need) => `| \`${need}\` | ${needs[need].what} |`)
  const table = ['| need | what it is good for |', '| --- | --- |', ...rows, ''].join('\n')
  expect(readme).toContain(`-->\n${table}<!-- end of needs -->`)
})

it('the README has the options of serve, with their defaults', () => {
  const program = new Command()
  addServe(program, () => {})
  const options = program.commands.flatMap((command) => command.options)
  const rows = options.map(({ long, flags, description, defaultValue }) => {
    const value = / <(.*)>$/.exec(flags)?.[0] ?? ''
    return `| \`${long}${value}\` | ${description} | ${defaultValue === undefined ? '' : `\`${defaultValue}\``} |`
  })
  const table = ['| option | what it says | default |', '| --- | --- | --- |', ...rows, ''].join('\n')
  expect(readme).toContain(`-->\n${table}<!-- end of options -->`)
})
