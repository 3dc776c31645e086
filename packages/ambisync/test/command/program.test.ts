import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runCommand } from '../run.ts'

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)

it.each(['--help', '-h', 'help'])('%s says what there is, with examples', async (flag) => {
  const { stdout, stderr, exitCode } = await runCommand([flag])
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  for (const text of ['doctor', 'pick', 'bench', 'serve', '$ npx ambisync doctor', 'Exit codes'])
    expect(stdout).toContain(text)
})

it.each(['doctor', 'pick', 'bench', 'serve'])('%s --help has examples of its own', async (command) => {
  const { stdout, stderr, exitCode } = await runCommand([command, '--help'])
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  expect(stdout).toContain(`$ npx ambisync ${command}`)
  expect(await runCommand(['help', command])).toEqual({ stdout, stderr, exitCode })
})

it.each(['--version', '-v'])('%s is that of the package', async (flag) => {
  expect(await runCommand([flag])).toEqual({ stdout: `${version}\n`, stderr: '', exitCode: 0 })
})

it.each([
  { args: ['doctr'], near: 'doctor' },
  { args: ['doctor', '--jsno'], near: '--json' },
  { args: ['pick', '--neds', 'streams'], near: '--needs' },
  { args: ['pick', '--needs', 'strems'], near: 'streams' },
  { args: ['pick', '--needs', 'streams,closure'], near: 'closures' },
  { args: ['bench', './tasks.js#f', '--process', '1'], near: '--processes' },
  { args: ['bench', './tasks.js#f', '--only', 'atomic'], near: 'atomics' },
])('$args is misuse, and $near is suggested', async ({ args, near }) => {
  const { stdout, stderr, exitCode } = await runCommand(args)
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
  expect(stderr).toMatch(/^error: /)
  expect(stderr).toMatch(new RegExp(`Did you mean ${near}\\?`))
})

it.each([
  { args: [] },
  { args: ['bench'] },
  { args: ['doctor', 'too', 'many'] },
  { args: ['doctor', '--timeout', 'soon'] },
  { args: ['doctor', '--timeout', '0'] },
  { args: ['pick', '--callers', 'nobody'] },
  { args: ['pick', '--needs'] },
  { args: ['bench', './tasks.js#f', '--processes', '-1'] },
])('$args is misuse: exit code 2, on stderr', async ({ args }) => {
  const { stdout, stderr, exitCode } = await runCommand(args)
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
  expect(stderr).not.toBe('')
})

const colorsOn = '\u001b['

it.each([
  { env: {}, hasColors: false },
  { env: { CI: 'true' }, hasColors: false },
  { env: { FORCE_COLOR: '1' }, hasColors: true },
  { env: { FORCE_COLOR: '0' }, hasColors: false },
  { env: { NO_COLOR: '1' }, hasColors: false },
  { env: { NO_COLOR: '1', FORCE_COLOR: '1' }, hasColors: false },
])('into a pipe, with $env, there are colours: $hasColors', async ({ env, hasColors }) => {
  const { stdout } = await runCommand(['pick', '--needs', 'streams'], { env })
  expect(stdout.includes(colorsOn)).toBe(hasColors)
})
