import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Report } from '../../src/bench/index.ts'
import { strategies } from '../../src/strategies.ts'
import { emptyFolder, install, withFiles } from '../installed-folder.ts'
import { commandPath, runCommand, runNode } from '../run.ts'

const tasks = `
  import { spawn } from 'node:child_process'
  import { threadId } from 'node:worker_threads'
  export const join = async (a, b) => ({ text: a + b, list: [a, b], url: new URL('https://example.com/' + b), none: undefined })
  export async function* count(to) { for (let n = 1; n <= to; n++) yield n }
  export const plain = (value) => value
  export function* generates(to) { for (let n = 1; n <= to; n++) yield n }
  export const changes = (value) => { value.times = (value.times ?? 0) + 1; return value.times }
  export const throwsOddly = async () => { throw new Proxy(new Error(), { get() { throw new Error('no') } }) }
  export const long = async () => { throw new Error('\\u001b[31m' + 'x'.repeat(100000) + '\\n\\u0007') }
  export const varies = async () => Math.random()
  export const throws = async () => { throw new RangeError('out of range') }
  export const throwsNothing = async () => { throw undefined }
  export const waitsForNothing = () => new Promise(() => {})
  export const waits = () => new Promise(() => setInterval(() => {}, 1000))
  export const spins = () => { for (;;); }
  export const exits = () => process.exit(3)
  export const aborts = () => process.abort()
  export const gives = async () => () => {}
  export const failsInWorkers = async () => { if (threadId !== 0) throw new Error('not in a worker'); return 1 }
  export const differsInWorkers = async () => threadId === 0
  export const leavesAProcess = async () => {
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
    process.exit(3)
  }
  export const version = '1.0.0'
`

/** As short as can be: what is measured is not the point. */
const short = ['--processes', '1', '--time', '5']

const folder = (): string =>
  withFiles(emptyFolder(), {
    'tasks.js': tasks,
    'broken.js': 'not javascript(',
    'fails.js': "throw new Error('at import')",
    'exits.js': 'process.exit(0)',
    'waits.js': 'await new Promise(() => {})',
  })

async function bench(args: readonly string[], cwd = folder()) {
  const { stdout, stderr, exitCode } = await runCommand(['bench', ...short, '--json', ...args], { cwd })
  const report: Report = JSON.parse(stdout)
  return { report, stderr, exitCode }
}

/** The rows of one contestant: what came of each scenario. */
function outcomes({ results }: Report, contestant: string) {
  return results.filter((row) => row.contestant === contestant).map(({ outcome }) => outcome)
}

it('measures a function by every strategy that is installed, beside the function itself', async () => {
  const { report, stderr, exitCode } = await bench(['./tasks.js#join', '--args', '["a", "b"]'])
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  const names = ['plain await', ...strategies.map(({ name }) => name)]
  expect(report.contestants.map(({ name }) => name)).toEqual(names)
  expect(report.scenarios.map(({ name, baseline }) => [name, baseline])).toEqual([
    ['call', 'plain await'],
    ['first call', 'plain await'],
  ])
  for (const name of names) {
    expect(outcomes(report, name).map(({ kind }) => kind)).toEqual(['measured', 'measured'])
  }
})

it('measures async generators, functions that are not async, and results that cannot be compared', async () => {
  const only = ['--only', 'atomics']
  expect((await bench(['tasks.js#count', '--args', '[3]', ...only])).exitCode).toBe(0)
  expect((await bench(['./tasks.js#plain', '--args', '[null]', ...only])).exitCode).toBe(0)
  expect((await bench(['./tasks.js#varies', '--varying', ...only])).exitCode).toBe(0)
  expect((await bench(['./tasks.js#generates', '--args', '[3]', ...only])).exitCode).toBe(0)
  expect((await bench(['./tasks.js#changes', '--args', '[{}]', ...only])).exitCode).toBe(0)
  const { report, stderr, exitCode } = await bench(['./tasks.js#gives', ...only])
  expect(exitCode).toBe(1)
  expect(stderr).toBe('error: no strategy could call it; see the rows of the report\n')
  expect(outcomes(report, 'atomics')[0]).toMatchObject({
    kind: 'failed',
    error: expect.stringMatching(/is a function/),
  })
})

it('one strategy that fails is a row that says so, and the others are measured', async () => {
  const only = ['--only', 'atomics,child-process']
  const failing = await bench(['./tasks.js#failsInWorkers', ...only])
  expect(failing.exitCode).toBe(0)
  expect(outcomes(failing.report, 'atomics')[0]).toEqual({ kind: 'failed', error: 'Error: not in a worker' })
  expect(outcomes(failing.report, 'child-process')[0]).toMatchObject({ kind: 'measured' })
  const differing = await bench(['./tasks.js#differsInWorkers', ...only])
  expect(outcomes(differing.report, 'atomics')[0]).toMatchObject({ error: expect.stringContaining('called directly') })
})

describe('what cannot be measured is a message, and a row of the report', () => {
  const url = './tasks.js'

  it.each([
    {
      target: `${url}#varies`,
      exitCode: 1,
      message: /varies returned something different each time: 0\.\d+, then .*--varying/,
    },
    { target: `${url}#throws`, exitCode: 1, message: /throws failed, called directly: RangeError: out of range/ },
    { target: `${url}#throwsNothing`, exitCode: 1, message: /throwsNothing failed, called directly: threw undefined/ },
    { target: `${url}#throwsOddly`, exitCode: 1, message: /throwsOddly failed, called directly: threw something/ },
    { target: `${url}#long`, exitCode: 1, message: /^error: long failed, called directly: Error: x{200,300}…\n$/ },
    { target: `${url}#waitsForNothing`, exitCode: 1, message: /waitsForNothing never ends/ },
    { target: `${url}#waits`, exitCode: 1, message: /waits did not end within 2 s/ },
    { target: `${url}#spins`, exitCode: 1, message: /spins did not end within 2 s/ },
    { target: `${url}#exits`, exitCode: 1, message: /exits ended its whole process \(exit code 3\)/ },
    { target: `${url}#aborts`, exitCode: 1, message: /aborts ended its whole process \(SIGABRT\)/ },
    { target: `${url}#leavesAProcess`, exitCode: 1, message: /ended its whole process \(exit code 3\)/ },
    { target: `${url}#jion`, exitCode: 2, message: /\.\/tasks\.js has no export jion; did you mean join\?/ },
    {
      target: `${url}#unlikeAnything`,
      exitCode: 2,
      message: /has no export unlikeAnything; its functions: aborts, changes, count, /,
    },
    { target: `${url}#version`, exitCode: 2, message: /the export version of \.\/tasks\.js is no function/ },
    { target: `${url}#toString`, exitCode: 2, message: /has no export toString/ },
    { target: url, exitCode: 2, message: /has to name a module and a function/ },
    { target: '#join', exitCode: 2, message: /has to name a module and a function/ },
    { target: './none.js#join', exitCode: 2, message: /there is no module \.\/none\.js in / },
    { target: 'no-such-package#join', exitCode: 2, message: /there is no module no-such-package in / },
    { target: '.#join', exitCode: 2, message: /\. is no file, but a folder/ },
    { target: './broken.js#join', exitCode: 2, message: /\.\/broken\.js cannot be loaded: SyntaxError: / },
    { target: './exits.js#join', exitCode: 2, message: /\.\/exits\.js, as it was loaded, ended its whole process/ },
    { target: './waits.js#join', exitCode: 2, message: /\.\/waits\.js, as it was loaded, never ends/ },
    { target: './fails.js#join', exitCode: 2, message: /\.\/fails\.js cannot be loaded: Error: at import/ },
    { target: `${url}#join`, args: '{', exitCode: 2, message: /--args is no JSON: .*Quote it for your shell/ },
    { target: `${url}#join`, args: '"a"', exitCode: 2, message: /--args has to be a list.*--args '\["a"\]'/ },
  ])('$target $args', async ({ target, args = '[]', exitCode, message }) => {
    const result = await bench([target, '--args', args, '--only', 'atomics', '--timeout', '2000'])
    expect(result.exitCode).toBe(exitCode)
    expect(result.stderr).toMatch(/^error: .*\n$/)
    expect(result.stderr).toMatch(message)
    const error = result.stderr.slice('error: '.length, -1)
    const failed = { kind: 'failed', error }
    expect(outcomes(result.report, 'plain await')).toEqual([failed, failed])
    expect(result.report.results).toHaveLength(2)
  })

  it('is nothing but the message where no report is asked for', async () => {
    const { stdout, stderr, exitCode } = await runCommand(['bench', ...short, `${url}#throws`], { cwd: folder() })
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toBe('error: throws failed, called directly: RangeError: out of range\n')
  })
})

describe('the report', () => {
  const args = ['bench', './tasks.js#plain', ...short, '--only', 'atomics']

  it('is tables, and a sentence', async () => {
    const { stdout, stderr } = await runCommand(args, { cwd: folder() })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/a call of plain, once it is warm, ms, less is better, 1 process each\n/)
    expect(stdout).toMatch(/^plain of \.\/tasks\.js, with \[\]$/m)
    expect(stdout).toMatch(/│ atomics +│/)
    expect(stdout).not.toContain('\u001b[')
  })

  it('is a page where a file is named for it, beside the tables', async () => {
    const cwd = folder()
    const { stdout } = await runCommand([...args, '--html', 'report.html'], { cwd })
    expect(stdout).toMatch(/│ atomics +│/)
    expect(stdout).toContain('Written: report.html\n')
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
  })

  it('is not begun where it cannot be written', async () => {
    const { stdout, stderr, exitCode } = await runCommand([...args, '--html', 'none/report.html'], { cwd: folder() })
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toMatch(/^error: none\/report\.html cannot be written: ENOENT/)
  })

  it('names the strategies that are not installed', async () => {
    const cwd = withFiles(install(emptyFolder(), ['atomics']), { 'tasks.js': tasks })
    const { stdout } = await runNode(['node_modules/ambisync/dist/command.js', ...args.slice(0, -2)], { cwd })
    expect(stdout).toContain('│ worker-threads')
    expect(stdout).toContain('More strategies: npm install @ambisync/child-process @ambisync/deasync\n')
    const only = [...args.slice(0, -1), 'child-process, one per call,atomics']
    const refused = await runNode(['node_modules/ambisync/dist/command.js', ...only], { cwd })
    expect(refused).toEqual({
      stdout: '',
      stderr: 'error: not installed: child-process-one-per-call; npm install @ambisync/child-process\n',
      exitCode: 2,
    })
  })
})

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('ends what it has started when it is ended by %s', async (signal, code) => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const waiting = `import { connect } from 'node:net'\nexport const wait = (port) => new Promise(() => connect(port, '127.0.0.1'))`
  const cwd = withFiles(emptyFolder(), { 'waiting.js': waiting })
  const child = spawn(process.execPath, [commandPath, 'bench', './waiting.js#wait', '--args', `[${port}]`], { cwd })
  const [socket] = (await once(server, 'connection')) as [Socket]
  const gone = once(
    socket.on('error', () => {}),
    'close',
  )
  child.kill(signal)
  const [exitCode] = await once(child, 'exit')
  expect(exitCode).toBe(code)
  await gone
})
