import { runProgram as run } from '@ambisync/conformance/run-program'
import { deasync } from '@ambisync/deasync'
import { describe, expect, it } from 'vitest'

const runProgram = (name: string): Promise<unknown> => run(new URL(`./programs/${name}`, import.meta.url))

const places = {
  'a timer': 'returned',
  'an interval': 'returned',
  'the only immediate of its turn': 'returned',
  'an immediate after another one': 'DeadlockError',
  'a nextTick of a timer': 'returned',
  'an EventEmitter handler': 'returned',
  'an EventEmitter handler, emitted in a promise job': 'DeadlockError',
  'a callback of the file system': 'returned',
  'a request handler': 'returned',
  'an async function before its first await': 'returned',
  'an async function after an await': 'DeadlockError',
  '.then': 'DeadlockError',
  '.then of a promise that a timer settles': 'DeadlockError',
  queueMicrotask: 'DeadlockError',
  'a microtask of a nextTick': 'DeadlockError',
  'none began later': true,
}

describe('where it may block', () => {
  it('is told for every place of a CommonJS program, and what is refused never begins', async () => {
    expect(await runProgram('places.cjs')).toEqual({ 'top level': 'returned', ...places })
  })

  it('is the same in CommonJS that an ES module imports, but for its top level', async () => {
    expect(await runProgram('places-from-module.js')).toEqual({ 'top level': 'DeadlockError', ...places })
  })

  it('is nowhere at the top level of an ES module; what was submitted there goes on', async () => {
    const refused = { name: 'DeadlockError', message: expect.stringMatching(/promise job.*ES module.*await it/) }
    const expired = expect.objectContaining({ name: 'TimeoutError' })
    expect(await runProgram('top-level.js')).toEqual([refused, refused, expired, 1, refused, null, 1, 'stopped'])
  })

  it('is a worker thread of the user, too', async () => {
    expect(await runProgram('in-worker.cjs')).toEqual({ same: true })
  })
})

it('nested waits return innermost first, and everything else goes on meanwhile', async () => {
  expect(await runProgram('order.cjs')).toEqual({
    nested: ['inner', 'outer'],
    fired: ['tick', 'promise', 'immediate', 1, 1, 2, 5, 20],
    done: ['first', 'second', 'result'],
    sameDuration: ['beside', 'joined', 'blocked'],
  })
})

it('one wait may be for futures of other adapters, too', async () => {
  expect(await runProgram('with-worker.cjs')).toEqual({
    mixed: ['far', 'near', 'far again'],
    nearLast: ['near', 'far'],
    timersFired: true,
    callback: [null, 'from there, and here'],
    death: ['near', 'rejected: LoopExitError'],
    timeout: 'TimeoutError',
    inPromiseJob: 'DeadlockError',
    farInPromiseJob: 'far',
    awaited: ['far', 'near'],
  })
})

it('timers fire whatever others there are, in a program that has nothing else to do', async () => {
  expect(await runProgram('young-timers.cjs')).toEqual({ returned: 50 })
})

it('an empty event loop is waited for asleep, and a deadline is kept', async () => {
  const kept = { name: 'TimeoutError', inTime: true, busy: false }
  expect(await runProgram('idle.cjs')).toEqual({ 0.3: kept, 400: kept })
})

describe('where it cannot run', () => {
  it('an addon that cannot be loaded is a NotSupportedError with what to use instead', async () => {
    const refused = {
      name: 'NotSupportedError',
      code: 'ERR_AMBISYNC_NOT_SUPPORTED',
      adapter: 'deasync',
      message: expect.stringMatching(/addon cannot be loaded.*workerThreads\(\)/),
      cause: expect.any(String),
    }
    expect(await runProgram('no-addon.cjs')).toEqual([refused, refused])
  })

  it('so are Bun and Deno, before the addon is touched', async () => {
    const [bun, deno] = (await runProgram('other-runtimes.cjs')) as string[]
    expect(bun).toMatch(/^NotSupportedError: .*bun 1\.0\.0.*workerThreads\(\)/)
    expect(deno).toMatch(/^NotSupportedError: .*deno 1\.0\.0.*workerThreads\(\)/)
  })
})

it('there are no options, and one is named', () => {
  expect(() => deasync({ env: {} } as never)).toThrow(/"env" is not an option of deasync/)
  expect(() => deasync('fast' as never)).toThrow(TypeError)
  expect(deasync({}).name).toBe('deasync')
})
