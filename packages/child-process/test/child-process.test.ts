import { fileURLToPath } from 'node:url'
import { childProcess } from '@ambisync/child-process'
import { describe, expect, it } from 'vitest'
import { isReadableByAll } from './readable-by-all.ts'
import { gone, runProgram, startProgram } from './run-program.ts'

/** A watchdog's limit in milliseconds. The children of a caller that is gone end at once, or, if stuck, in a second. */
const limit = 10_000
const isLinux = process.platform === 'linux'

describe('options', () => {
  it("have their effect, and are the caller's where they are not given", async () => {
    const { inherited, given } = (await runProgram('options')) as {
      inherited: { cwd: string }
      given: { cwd: string }
    }
    expect(inherited).toMatchObject({
      argv: [],
      execArgv: [],
      fromCaller: 'yes',
      isOther: true,
      title: 'named by its loop',
    })
    expect(inherited.cwd).toMatch(/programs$/)
    expect(given).toMatchObject({
      execArgv: ['--no-warnings', '--max-old-space-size=100'],
      env: { ONLY: 'this' },
      input: '',
      limit: true,
    })
    expect(given.cwd).not.toBe(inherited.cwd)
  })

  it.runIf(process.getuid?.() === 0)(
    'uid and gid have it run as somebody else, who may read what it runs',
    async () => {
      const isReadable = isReadableByAll(fileURLToPath(import.meta.resolve('@ambisync/child-process')))
      expect(await runProgram('identity')).toEqual(isReadable ? [65534, 65534] : 'LoopStartError')
    },
  )

  it("leave what is for the caller's own script and debugger to the caller", async () => {
    const inherited = await runProgram('options', ['--no-warnings', '--inspect-port=0', '--stack-trace-limit=20'])
    expect(inherited).toMatchObject({ inherited: { execArgv: ['--no-warnings', '--stack-trace-limit=20'] } })
  })

  it('that there are not are named', () => {
    expect(() => childProcess({ shell: true } as never)).toThrow(/"shell" is not an option of childProcess.*cwd, env/)
    expect(() => childProcess('name' as never)).toThrow(TypeError)
    expect(() => childProcess(null as never)).toThrow(TypeError)
  })

  it.each([
    ['persistent', 'yes', TypeError],
    ['cwd', 1, TypeError],
    ['cwd', new URL('https://example.org'), TypeError],
    ['cwd', '', TypeError],
    ['env', ['A=1'], TypeError],
    ['env', { A: 1 }, TypeError],
    ['env', { A: 'zero\0byte' }, TypeError],
    ['execArgv', '--no-warnings', TypeError],
    ['execArgv', [1], TypeError],
    ['execPath', '', TypeError],
    ['uid', 'root', TypeError],
    ['uid', -1, RangeError],
    ['gid', 1.5, RangeError],
    ['maxOldSpaceMb', '64', TypeError],
    ['maxOldSpaceMb', 0, RangeError],
    ['maxOldSpaceMb', Number.NaN, RangeError],
    ['stdio', 'pipe', TypeError],
    ['stdio', ['inherit', 'inherit'], TypeError],
    ['stdio', ['inherit', 'inherit', 'pipe'], TypeError],
    ['stdio', 'ipc', TypeError],
  ])('%s: %j is refused by name', (name, value, kind) => {
    const create = (): unknown => childProcess({ [name]: value })
    expect(create).toThrow(kind)
    expect(create).toThrow(new RegExp(`^${name} must`))
  })
})

describe('a process that cannot start', () => {
  it('says why, blocked or not', async () => {
    const seen = (await runProgram('bad-start')) as Record<string, { blocked: object; sameAwaited: boolean }>
    const causes = {
      execPath: 'execPath: there is no program /no/such/node',
      notExecutable: 'may not be executed',
      cwd: 'cwd: /no/such/folder cannot be used',
      cwdIsFile: 'is not a folder',
      execArgv: 'bad option: --no-such-option-of-node',
      preload: 'it ended before its script ran',
      notNode: 'it ended before its script ran',
      descriptor: 'stdio: of [ignore, inherit, 999] one is not an open descriptor',
    }
    expect(Object.keys(seen)).toEqual(Object.keys(causes))
    for (const [name, cause] of Object.entries(causes)) {
      expect(seen[name]?.blocked).toMatchObject({ name: 'LoopStartError', cause: expect.stringContaining(cause) })
      expect(seen[name]?.sameAwaited, name).toBe(true)
    }
  })
})

describe('when the caller dies of SIGKILL', () => {
  it.each(['idle', 'stuck', 'asleep'])('a process that is %s ends', async (how) => {
    const caller = startProgram('stuck', [how])
    const child = Number(await caller.said('child'))
    await caller.said('ready')
    // Long enough for the task to be in the middle of its endless loop.
    await new Promise((resolve) => setTimeout(resolve, 200))
    process.kill(child, 0)
    caller.process.kill('SIGKILL')
    expect(await caller.end).toMatchObject({ signal: 'SIGKILL' })
    await gone(child, limit)
  })
})

describe("the Ctrl-C of a terminal, which goes to the caller's whole group", () => {
  it('ends the caller, and so the process', async () => {
    const caller = startProgram('interrupted', ['unhandled'])
    const child = Number(await caller.said('child'))
    await caller.said('ready')
    process.kill(-Number(caller.process.pid), 'SIGINT')
    expect(await caller.end).toMatchObject({ signal: 'SIGINT' })
    await gone(child, limit)
  })

  it('is for the caller to handle where it does, and does not end the process', async () => {
    const caller = startProgram('interrupted', ['handled'])
    const child = await caller.said('child')
    await caller.said('ready')
    process.kill(-Number(caller.process.pid), 'SIGINT')
    const { code, stdout } = await caller.end
    expect(stdout).toBe(`child ${child}\nready\nanswer same process ${child}\nhandled\n`)
    expect(code).toBe(0)
    await gone(Number(child), limit)
  })
})

it.runIf(isLinux)('nothing of a call is on a command line or in the environment, and nothing listens', async () => {
  expect(await runProgram('secrets')).toEqual({
    answer: 'inline-source-a-secret-of-this-call',
    hasSecret: false,
    hasSource: false,
    hasModule: false,
    commandLine: 'child.js',
    listening: [],
    inherited: [],
  })
})

it.each(['inherit', 'relay'])('who writes straight to the descriptors disturbs nothing (%s)', async (output) => {
  const { code, stdout, stderr } = await startProgram('output', [output]).end
  const times = [0, 1, 2]
  const lines = times.map((n) => `direct ${n}\ndirect ${n} of a process\ncaller direct ${n}\nprinted ${n}\n`)
  expect(stdout).toBe(lines.join(''))
  expect(stderr).toBe(times.map((n) => `to stderr\nerror printed ${n}\n`).join(''))
  expect(code).toBe(0)
})

it('what a busy process cannot take yet waits with the caller, and all of it arrives', async () => {
  const result = (await runProgram('backpressure')) as { sentWhileBusy: number }
  expect(result).toMatchObject({ wrong: 0, refused: true, largest: 64 * 2 ** 20 })
  expect(result.sentWhileBusy).toBeLessThanOrEqual(20)
})

it('callbacks reach a task that blocks its thread, 2,000 small ones and 500 that return a megabyte', async () => {
  expect(await runProgram('callbacks')).toEqual({ sum: 3_998_000, count: 500 * 2 ** 20 })
})

it('a task may wait for a loop of its own and for its caller in turn', async () => {
  expect(await runProgram('nested')).toBe(39_800)
})

it('answers 30,000 calls rightly, and the heap does not grow over the second half', async () => {
  const { wrong, grown } = (await runProgram('soak', ['--expose-gc'])) as { wrong: number; grown: number }
  expect(wrong).toBe(0)
  expect(grown).toBeLessThan(256 * 1_024)
}, 70_000)
