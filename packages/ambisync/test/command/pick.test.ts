import { describe, expect, it } from 'vitest'
import type { Recommendation } from '../../src/pick/recommendation.ts'
import { snippet } from '../../src/pick/snippet.ts'
import { strategies } from '../../src/strategies.ts'
import { emptyFolder, install, withFiles } from '../installed-folder.ts'
import { runCommand, runNode } from '../run.ts'

async function pick(args: readonly string[], cwd = emptyFolder()): Promise<Recommendation> {
  const { stdout, stderr, exitCode } = await runCommand(['pick', '--json', ...args], { cwd })
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  return JSON.parse(stdout)
}

it('without a terminal and without flags it recommends the default, and says that nothing was asked', async () => {
  const { stdout, stderr, exitCode } = await runCommand(['pick'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^Take worker-threads: workerThreads\(\)\n/)
  expect(stderr).toMatch(/no terminal/)
})

it('recommends by needs, with reasons for it and against the others', async () => {
  const { stdout, stderr } = await runCommand(['pick', '--needs', 'survives-crash,streams', '--needs', 'kill'])
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^Take child-process: childProcess\(\)\n- it meets survives-crash: /)
  expect(stdout).toMatch(/\n- worker-threads: a crash in native code takes the caller with it \(survives-crash\)\n/)
})

it('as JSON it is data, and nothing else', async () => {
  expect(await pick(['-n', 'closures', '-n', 'closures'])).toEqual({
    format: 1,
    needs: ['closures'],
    strategy: 'deasync',
    adapter: 'deasync()',
    reasons: [expect.stringContaining('closures'), expect.any(String)],
    others: strategies.slice(0, 4).map(({ name }) => ({ strategy: name, why: expect.stringContaining('(closures)') })),
    install: 'npm install ambisync @ambisync/deasync',
    files: [
      { name: 'tasks.js', code: expect.any(String) },
      { name: 'main.js', code: expect.any(String) },
    ],
  })
})

it('needs that contradict one another are not found: exit code 1', async () => {
  const { stdout, exitCode } = await runCommand(['pick', '--needs', 'nothing-resident,shared-state'])
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/^No strategy meets all of this together: nothing-resident, shared-state\n/)
})

it('installs with the package manager that is used here, and only what is missing', async () => {
  const pnpm = withFiles(emptyFolder(), { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" })
  expect((await pick(['-n', 'low-latency'], pnpm)).install).toBe('pnpm add ambisync @ambisync/atomics')
  expect((await pick(['-n', 'low-latency'], install(emptyFolder(), []))).install).toBe('npm install @ambisync/atomics')
  expect(await pick(['-n', 'low-latency'], install(emptyFolder(), ['atomics']))).not.toHaveProperty('install')
})

describe('the program to paste runs', () => {
  const all = ['atomics', 'child-process', 'deasync', 'detect']
  const printed = { sync: 'Hello, world!\n', async: 'Hello, you!\n', both: 'Hello, world!\nHello, you!\n' } as const
  const callers = ['sync', 'async', 'both'] as const
  const languages = ['esm', 'commonjs'] as const
  const cases = strategies.flatMap((strategy) =>
    languages.flatMap((language) => callers.map((who) => ({ name: strategy.name, strategy, language, who }))),
  )

  it.each(cases)('$name, $language, $who', async ({ strategy, language, who }) => {
    const files = Object.fromEntries(
      snippet(strategy, { callers: who, language }).map(({ name, code }) => [name, code]),
    )
    const main = Object.keys(files).find((name) => name.startsWith('main')) ?? ''
    const { stdout, stderr } = await runNode([main], { cwd: withFiles(install(emptyFolder(), all), files) })
    expect(stderr).toBe('')
    expect(stdout.split('\n').sort()).toEqual(printed[who].split('\n').sort())
  })
})
