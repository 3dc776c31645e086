import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { childProcess } from '@ambisync/child-process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isReadableByAll } from '../readable-by-all.ts'
import { printedBy, runProgram } from './run-program.ts'

const onLinux: boolean = process.platform === 'linux'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambisync-per-call-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Whether a process is there, and not merely waiting for its parent to take note of its end. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !onLinux || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('what is sent', () => {
  it('may be a result of 256 MB, and arguments of 64 MB; more than 256 MB is refused with its size', async () => {
    expect(await printedBy('sizes')).toEqual({
      result: true,
      awaited: true,
      argument: 64 * 1_024 * 1_024,
      text: true,
      resultTooLarge: {
        name: 'SerializationError',
        message: expect.stringMatching(
          /^filled returned .*: result takes 261 MB, more than the 256 MB that can be sent$/,
        ),
      },
      argumentTooLarge: {
        name: 'SerializationError',
        message: expect.stringMatching(/^sumOf was not called: args takes 261 MB, more than the 256 MB/),
      },
      next: 3,
    })
  }, 110_000)

  it('is on no command line and in no environment: neither values nor code', async () => {
    const seen = { saw: 'hardly-anybody-has-this', visible: [] }
    expect(await printedBy('secrets')).toEqual({ sync: seen, async: seen, code: 0 })
  })

  it('leaves no file behind, not even for a moment on Linux, whatever becomes of the call', async () => {
    const printed = await printedBy('leftovers', { env: { TMPDIR: folder, TEMP: folder, TMP: folder } })
    expect(printed).toEqual({
      seen: [],
      failed: 'TimeoutError',
      stopped: 'TimeoutError',
      pending: 'rejected',
      died: 'SIGSEGV',
    })
    expect(readdirSync(folder)).toEqual([])
  })
})

it('what a task prints is complete, in order and apart from its result, however it prints', async () => {
  const path = join(folder, 'results')
  const lines = 2_000
  const { code, stdout, stderr } = await runProgram('output', { args: [path, String(lines)] })
  expect([code, stderr.length > 0]).toEqual([0, true])
  const once = Array.from({ length: lines }, (_, line) => `log ${line}\nwrite ${line}\ndescriptor ${line}\n`).join('')
  // Not `toBe`, which would show both.
  expect(stdout === once + once).toBe(true)
  const errors = Array.from({ length: lines }, (_, line) => `error ${line}\n`).join('')
  expect(stderr === errors + errors).toBe(true)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([{ printed: 'log 0' }, { printed: 'log 0' }])
})

describe('the end of the caller', () => {
  const rows = ['tellAndSpin', 'tellAndSleep'].flatMap((task) =>
    ['sync', 'async'].map((mode) => [task, mode, 'is killed'] as const),
  )
  it.each([...rows, ['tellAndSpin', 'submit', 'ends by itself'] as const])(
    'is that of its processes: %s, called by %s, when the caller %s',
    async (task, mode, how) => {
      let pid = 0
      const env = { TMPDIR: folder }
      const ran = await runProgram('stuck', {
        args: [task, mode],
        env,
        onOutput(printed, kill) {
          if (!printed.endsWith('\n')) return
          pid = Number(printed)
          if (how === 'is killed') kill()
        },
      })
      expect(ran.signal).toBe(how === 'is killed' ? 'SIGKILL' : null)
      expect(pid).toBeGreaterThan(0)
      await gone(pid)
      expect(readdirSync(folder)).toEqual([])
    },
  )
})

it('a blocked caller hears of every death, also where something else still has the standard output', async () => {
  let left = 0
  const { code, stdout } = await runProgram('deaths', {
    onOutput(printed) {
      // When all have been heard of: until then it is there.
      const lines = printed.split('\n')
      if (lines.length < 3 || left !== 0) return
      left = Number(lines[0])
      expect(isAlive(left)).toBe(true)
      process.kill(left, 'SIGKILL')
    },
  })
  const [, deaths = '', alive] = stdout.split('\n')
  const [signal, segfault, exit] = JSON.parse(deaths)
  expect(signal).toMatchObject({ name: 'LoopExitError', ...(onLinux ? { signal: 'SIGKILL' } : {}) })
  expect(segfault).toMatchObject({ name: 'LoopExitError', ...(onLinux ? { signal: 'SIGSEGV' } : {}) })
  expect(exit).toMatchObject({ name: 'LoopExitError', exitCode: 7 })
  expect([code, alive]).toEqual([0, '"TimeoutError"'])
})

it.runIf(onLinux)(
  'nothing is resident: no thread in the caller, and no process or descriptor after a call',
  async () => {
    const { before, during, after } = (await printedBy('resident')) as Record<string, { threads: number }>
    expect(during).toBe(before?.threads)
    expect(after).toEqual(before)
  },
)

describe('options', () => {
  it('are those of the process', async () => {
    const printed = (await printedBy('options', { args: [folder] })) as Record<string, unknown>
    expect(printed).toMatchObject({
      given: {
        cwd: folder,
        env: { ONLY: 'this' },
        execArgv: ['--no-warnings', '--max-old-space-size=77'],
        execPath: process.execPath,
      },
      inherited: 'yes',
      printed: 'log 0\nwrite 0\ndescriptor 0\nlog 1\nwrite 1\ndescriptor 1\n',
    })
    expect((printed.given as { heapLimit: number }).heapLimit).toBeLessThan(200 * 1_024 * 1_024)
    if (process.getuid?.() !== 0) return
    const isReadable = isReadableByAll(fileURLToPath(import.meta.resolve('@ambisync/child-process')))
    expect(printed.nobody).toEqual(isReadable ? [65_534, 65_534] : 'LoopStartError')
    if (onLinux) expect(printed.died).toBe(isReadable ? 'SIGKILL' : 'LoopStartError')
  })

  it('that cannot be right are named', () => {
    const wrong: readonly (readonly [options: object, kind: ErrorConstructor, message: RegExp])[] = [
      [{ shell: true }, TypeError, /"shell" is not an option of childProcess; the options are: .*cwd, env/],
      [{ persistent: 0 }, TypeError, /persistent must be true or false, not 0/],
      [{ maxOldSpaceMb: 0 }, RangeError, /maxOldSpaceMb must be a whole number of megabytes.*, not 0/],
      [{ stdio: 'pipe' }, TypeError, /stdio must not be 'pipe', which nobody would read/],
    ]
    for (const [options, kind, message] of wrong) {
      expect(() => childProcess({ persistent: false, ...options })).toThrow(kind)
      expect(() => childProcess({ persistent: false, ...options })).toThrow(message)
    }
    expect(() => childProcess({ persistent: false, cwd: undefined })).not.toThrow()
  })
})

it('a process that cannot start says why, blocked or not, and fails its call only', async () => {
  const { rows, next } = (await printedBy('bad-start')) as { rows: Record<string, object>[]; next: number }
  const reasons = [/execPath|ENOENT/, /its cwd, \/no\/such\/folder, does not exist/, /execArgv/, /execArgv/]
  for (const [index, reason] of reasons.entries()) {
    expect(rows[index]?.blocked).toMatchObject({ name: 'LoopStartError', message: expect.stringMatching(reason) })
    expect(rows[index]?.awaited).toEqual(rows[index]?.blocked)
  }
  expect(next).toBe(3)
})

it('limits, cancellations and deaths at every moment, 30 times each, blocked and not', async () => {
  const seen = (await printedBy('at-every-moment', { args: ['30'] })) as Record<string, number>
  const total = Object.values(seen).reduce((sum, count) => sum + count, 0)
  expect(total).toBe(4 * 30)
  expect(seen.TimeoutError).toBeGreaterThan(0)
  expect(seen.cancelled).toBeGreaterThan(0)
  expect(seen[onLinux ? 'SIGKILL' : 'died']).toBe(30)
})

it.skipIf(process.platform === 'win32')(
  'a task that blocks for a call of its own acknowledges its cancellation meanwhile',
  async () => {
    expect(await printedBy('nested')).toEqual({ answer: 'waited', same: true })
  },
)
