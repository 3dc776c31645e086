import { mkdirSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/doctor/diagnosis.ts'
import { emptyFolder, install, withFiles } from '../installed-folder.ts'
import { type Run, type RunOptions, runCommand, runNode } from '../run.ts'

async function diagnose(options: RunOptions = {}, args: readonly string[] = []): Promise<[Diagnosis, Run]> {
  const run = await runCommand(['doctor', '--json', ...args], options)
  return [JSON.parse(run.stdout), run]
}

function statuses({ checks }: Diagnosis): Readonly<Record<string, string>> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]))
}

/** Node.js with a module that is preloaded into all of its processes and threads. */
function preloaded(code: string): RunOptions {
  const folder = withFiles(emptyFolder(), { 'preloaded.cjs': code })
  return { cwd: folder, env: { NODE_OPTIONS: `--require ${folder}/preloaded.cjs` } }
}

it('tries everything, and says that blocking works here', async () => {
  const [diagnosis, { stderr, exitCode }] = await diagnose()
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  const { typescript, ...others } = statuses(diagnosis)
  // Of the runtime's own version.
  expect(['works', 'fails']).toContain(typescript)
  expect(others).toEqual({
    'shared-memory': 'works',
    'atomics-wait': 'works',
    'worker-threads': 'works',
    'child-processes': 'works',
    'deasync-addon': 'works',
    'strategy: worker-threads': 'works',
    'strategy: atomics': 'works',
    'strategy: child-process': 'works',
    'strategy: child-process, one per call': 'works',
    'strategy: deasync': 'works',
  })
  expect(diagnosis).toMatchObject({ format: 1, canBlock: true, runtime: `Node.js ${process.versions.node}` })
  for (const { status, remedy } of diagnosis.checks) expect(remedy === undefined).toBe(status === 'works')
})

it('names what is not installed with the command that installs it', async () => {
  // Where the user is, nothing is installed; what this package has beside it is in its own folder.
  const folder = install(emptyFolder())
  const run = await runNode(['node_modules/ambisync/dist/command.js', 'doctor'], { cwd: folder })
  expect(run).toMatchObject({ stderr: '', exitCode: 0 })
  expect(run.stdout).toMatch(/^works {2}workerThreads\(\)/m)
  expect(run.stdout).toMatch(/^not installed {2}atomics\(\).*\n.*npm install @ambisync\/atomics$/m)
  expect(run.stdout).toMatch(/^not installed {2}the deasync addon.*\n.*npm install @ambisync\/deasync/m)
})

it('loads TypeScript by tsx, where that is installed', async () => {
  const tsx = fileURLToPath(new URL('../../node_modules/tsx', import.meta.url))
  const folder = emptyFolder()
  mkdirSync(`${folder}/node_modules`)
  symlinkSync(tsx, `${folder}/node_modules/tsx`, 'junction')
  const [diagnosis] = await diagnose({ cwd: folder })
  expect(statuses(diagnosis).typescript).toBe('works')
})

describe('where something is missing', () => {
  it('no sleeping: only what turns the event loop can block', async () => {
    const noSleep = "Atomics.wait = () => { throw new TypeError('Atomics.wait cannot be called in this context') }"
    const [diagnosis, { exitCode }] = await diagnose(preloaded(noSleep))
    expect(exitCode).toBe(0)
    expect(statuses(diagnosis)).toMatchObject({
      'atomics-wait': 'fails',
      'worker-threads': 'fails',
      'strategy: worker-threads': 'fails',
      'strategy: deasync': 'works',
    })
    const check = diagnosis.checks.find(({ name }) => name === 'atomics-wait')
    expect(check?.detail).toContain('cannot be called in this context')
    expect(check?.remedy).toContain('.async')
  })

  it('nothing can block: exit code 1', async () => {
    const folder = withFiles(install(emptyFolder()), { 'preloaded.cjs': 'delete globalThis.SharedArrayBuffer' })
    const command = ['node_modules/ambisync/dist/command.js', 'doctor']
    const env = { NODE_OPTIONS: `--require ${folder}/preloaded.cjs` }
    const { stdout, exitCode } = await runNode(command, { cwd: folder, env })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Nothing here can block.')
    expect(stdout).toMatch(/^FAILS {2}SharedArrayBuffer: SharedArrayBuffer is not defined\n.*NODE_OPTIONS/m)
  })

  it('no process can be started: what ends by itself is tried all the same', async () => {
    const noProcess = `
      const { syncBuiltinESMExports } = require('node:module')
      const processes = require('node:child_process')
      const refuse = () => { throw Object.assign(new Error('Access to this API has been restricted'), { code: 'ERR_ACCESS_DENIED' }) }
      for (const name of ['spawn', 'spawnSync', 'fork']) processes[name] = refuse
      syncBuiltinESMExports()
    `
    const [diagnosis, { exitCode }] = await diagnose(preloaded(noProcess))
    expect(exitCode).toBe(0)
    expect(statuses(diagnosis)).toMatchObject({
      'atomics-wait': 'works',
      'worker-threads': 'works',
      'child-processes': 'fails',
      'deasync-addon': 'fails',
      'strategy: worker-threads': 'works',
    })
  })

  it('what hangs is ended, and said to hang', async () => {
    const hang = "if (process.argv[2] === 'shared-memory' && process.send) for (;;);"
    const [diagnosis] = await diagnose(preloaded(hang), ['--timeout', '3000'])
    const check = diagnosis.checks.find(({ name }) => name === 'shared-memory')
    expect(check).toMatchObject({ status: 'fails', detail: 'it hung: no answer in 3000 ms' })
  })

  it('what crashes is told with its end', async () => {
    const crash = "if (process.argv[2] === 'shared-memory' && process.send) process.abort()"
    const [diagnosis] = await diagnose(preloaded(crash))
    const check = diagnosis.checks.find(({ name }) => name === 'shared-memory')
    expect(check).toMatchObject({ status: 'fails', detail: expect.stringMatching(/^it ended by SIGABRT/) })
  })
})
