import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { runProgram as run } from '@ambisync/conformance/run-program'
import { dual } from '@ambisync/core'
import { callerDetector, runWithMode } from '@ambisync/detect'
import { runtimes } from '@ambisync-apps/runtimes'
import { describe, expect, it } from 'vitest'

const runProgram = (name: string, nodeOptions?: readonly string[]): Promise<unknown> =>
  run(new URL(`./programs/${name}`, import.meta.url), nodeOptions)

describe('callerDetector', () => {
  const f = dual({ sync: () => 'sync', async: async () => 'async' }, { detector: callerDetector() })

  it('has .auto block for a function, and return a promise to an async one', async () => {
    const here = (): unknown => f.auto()
    const there = async (): Promise<unknown> => [f.auto()]
    expect(here()).toBe('sync')
    expect(await there()).toEqual([expect.any(Promise)])
  })

  it('comes after the mode of the call and of the scope, and before the default', () => {
    const here = (): unknown => f.auto()
    expect(runWithMode('async', here)).toBeInstanceOf(Promise)
    expect(runWithMode('async', () => runWithMode('auto', here))).toBe('sync')
    const byDefault = dual(
      { sync: () => 'sync', async: async () => 'async' },
      { detector: callerDetector(), mode: 'async' },
    )
    expect((() => byDefault.auto())()).toBe('sync')
    expect((() => byDefault.with({ mode: 'async' }).auto())()).toBeInstanceOf(Promise)
  })

  it('takes native code for what the option says', () => {
    const modeOf = (detector: ReturnType<typeof callerDetector>): unknown => {
      const ask = (): unknown => detector.modeOf(ask)
      return [1].map(ask)[0]
    }
    expect(modeOf(callerDetector())).toBe('async')
    expect(modeOf(callerDetector({ fallback: 'sync' }))).toBe('sync')
    // Not on the stack at all.
    expect(callerDetector({ fallback: 'sync' }).modeOf(() => 1)).toBe('sync')
  })

  it.each([
    [{ fallback: 'auto' }, /fallback must be 'sync' or 'async', not auto/],
    [{ warn: 1 }, /warn must be true or false, not 1/],
    [{ mode: 'sync' }, /"mode" is not an option of callerDetector; the options are: fallback, warn/],
    [null, /the options of callerDetector must be an object/],
    [[], /the options of callerDetector must be an object/],
  ])('refuses %o', (options, message) => {
    expect(() => callerDetector(options as never)).toThrow(TypeError)
    expect(() => callerDetector(options as never)).toThrow(message)
  })
})

it('leaves nothing of the program changed, whatever that has made of Error', async () => {
  expect(await runProgram('global-state.cjs')).toEqual({
    untouched: ['sync', 'async', true],
    'own prepareStackTrace': ['sync', 'async', true],
    'one that throws': ['sync', 'async', true],
    'an accessor that throws': ['sync', 'async', true],
    'no stack at all': ['sync', 'async', true],
    'a name that throws': ['sync', 'async', true],
    'an Error of all objects': ['sync', 'async', true],
    'frozen Error': ['sync', 'async', true],
    'no Error': ['sync', 'async', true],
  })
})

it.each([
  ['as it is', []],
  ['with source maps', ['--enable-source-maps']],
  ['with frozen intrinsics', ['--frozen-intrinsics', '--no-warnings']],
])('works in workers, and with files that have changed or gone since they were loaded: %s', async (_, options) => {
  expect(await runProgram('files.js', options)).toEqual({
    worker: ['sync', 'async'],
    changed: ['sync', 'async'],
    gone: ['sync', 'async'],
    'a data URL': ['sync', 'async'],
    'a file without an end': ['sync', 'async'],
    'after a stack overflow': ['sync', 'async'],
    'what is asked asks': ['sync', 'async'],
    'ten thousand functions of text': true,
  })
})

describe('in development', () => {
  const warning = (task: string, within: string, line: number): unknown => ({
    name: 'AmbisyncWarning',
    code: 'AMBISYNC_BLOCKED_ASYNC',
    message: expect.stringMatching(
      new RegExp(
        `^${task}\\.sync\\(\\) has blocked this thread for \\d+\\.\\d ms inside an async function, ${within} \\(\\S+warnings\\.js:${line}:\\d+\\); write await ${task}\\.async\\(\\) there$`,
      ),
    ),
    detail: expect.stringContaining('callerDetector({ warn: false })'),
  })

  it('a .sync call inside an async function warns once for each place, and no other does', async () => {
    expect(await runProgram('warnings.js')).toEqual([
      warning('echo', 'twice', 15),
      warning('echo', 'twice', 16),
      warning('fail', 'failing', 22),
    ])
  })

  it.each([
    ['NODE_ENV is production', { NODE_ENV: 'production' }],
    ['the option says so', { WARN: 'false' }],
  ])('none does where %s', async (_, env) => {
    const program = fileURLToPath(new URL('./programs/warnings.js', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [program], {
      env: { ...process.env, ...env },
      timeout: 60_000,
    })
    expect(JSON.parse(stdout)).toEqual([])
  })
})

it.each(['bun', 'deno'] as const)('says on %s what to do in place of it', async (name) => {
  const executable = runtimes[name]
  expect(executable).toBeDefined()
  const program = fileURLToPath(new URL('./programs/other-runtimes.js', import.meta.url))
  const args = name === 'deno' ? ['run', '--no-prompt', '--allow-all', program] : [program]
  const { stdout } = await promisify(execFile)(executable ?? '', args, { timeout: 60_000 })
  expect(JSON.parse(stdout)).toEqual({
    auto: {
      name: 'NotSupportedError',
      message: expect.stringMatching(/takes Node\.js.*\.with\(\{ mode \}\), runWithMode/),
    },
    sync: 'sync',
    'with a mode': 'sync',
    'in a scope': 'sync',
  })
})
