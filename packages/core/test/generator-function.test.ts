import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it, vi } from 'vitest'
import {
  AbortError,
  AsyncInSyncError,
  DeadlockError,
  type DualCall,
  dual,
  gather,
  NotSupportedError,
  startLoop,
  TimeoutError,
} from '../src/index.ts'
import { echo, last, memoryAdapter, type Respond } from './memory-channel.ts'

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** What each half was called with, in order. */
const log: string[] = []
const read = dual({
  sync(path: string) {
    log.push(`sync ${path}`)
    return `<${path}>`
  },
  async async(path: string) {
    log.push(`async ${path}`)
    await tick()
    return `<${path}>`
  },
})
const fail = dual({
  sync(message: string): never {
    throw new RangeError(message)
  },
  async async(message: string): Promise<never> {
    await tick()
    throw new RangeError(message)
  },
})
const never = dual({ sync: () => 0, async: () => new Promise<number>(() => {}) })

interface Tasks {
  task(value?: unknown): Promise<unknown>
}

function startTasks(respond: Respond = echo) {
  const adapter = memoryAdapter(respond)
  const tasks = startLoop({ adapter }).load<Tasks>('./tasks.js')
  return { tasks, channel: () => last(adapter) }
}

/** The same in both modes: a body gets what calls a function. */
function inBothModes(name: string, body: (run: <T>(f: Runnable<T>) => Promise<T>, mode: 'sync' | 'async') => unknown) {
  it(`${name} (sync)`, () => body(async (f) => f.sync(), 'sync'))
  it(`${name} (async)`, () => body((f) => f.async(), 'async'))
}

interface Runnable<T> {
  sync(): T
  async(): Promise<T>
}

describe('a generator function', () => {
  inBothModes('has its results from what it calls, in the mode that it is called in', async (run, mode) => {
    log.length = 0
    const both = dual(function* () {
      const first = yield* read('a')
      const second = yield* read('b')
      return first + second
    })
    expect(await run(both)).toBe('<a><b>')
    expect(log).toEqual([`${mode} a`, `${mode} b`])
  })

  inBothModes('calls others of its kind, and passes arguments on', async (run) => {
    const twice = dual(function* (text: string, times: number | undefined = 2) {
      let all = ''
      for (let count = 0; count < times; count++) all += yield* read(text)
      return all
    })
    const all = dual(function* () {
      return [yield* twice('x'), yield* twice('y', 3)]
    })
    expect(await run(all)).toEqual(['<x><x>', '<y><y><y>'])
  })

  inBothModes('may return a call, or end without any', async (run) => {
    // biome-ignore lint/correctness/useYield: that is the point
    const tail = dual(function* () {
      return read('tail')
    })
    expect(await run(tail)).toBe('<tail>')
    // biome-ignore lint/correctness/useYield: that is the point
    const seven = dual(function* () {
      return 7
    })
    expect(await run(seven)).toBe(7)
    expect(
      await run(
        dual(function* () {
          yield* read('x')
        }),
      ),
    ).toBeUndefined()
  })

  inBothModes('is given a plain generator by yield*, too', async (run) => {
    function* helper(path: string) {
      return (yield* read(path)).length
    }
    expect(
      await run(
        dual(function* () {
          return yield* helper('four')
        }),
      ),
    ).toBe(6)
  })

  inBothModes('catches what a call throws', async (run) => {
    const seen: unknown[] = []
    const catching = dual(function* () {
      try {
        return yield* fail('caught')
      } catch (error) {
        seen.push(error)
        return yield* read('instead')
      } finally {
        seen.push(yield* read('finally'))
      }
    })
    expect(await run(catching)).toBe('<instead>')
    expect(seen).toEqual([new RangeError('caught'), '<finally>'])
  })

  inBothModes('fails with what it does not catch, through any that called it', async (run) => {
    const seen: string[] = []
    const inner = dual(function* () {
      try {
        yield* fail('from below')
      } finally {
        seen.push('inner')
      }
    })
    const outer = dual(function* () {
      try {
        yield* inner()
      } finally {
        seen.push('outer')
      }
    })
    await expect(run(outer)).rejects.toThrow(new RangeError('from below'))
    expect(seen).toEqual(['inner', 'outer'])
  })

  inBothModes('fails with anything at all that is thrown', async (run) => {
    const throwing = dual(function* () {
      yield* read('x')
      throw undefined
    })
    const outcome = await run(throwing).then(
      () => 'returned',
      (error) => ({ error }),
    )
    expect(outcome).toEqual({ error: undefined })
  })

  inBothModes('fails with what its parameters throw', async (run) => {
    const picky = dual(function* ({ path }: { path: string }) {
      return yield* read(path)
    })
    const outer = dual(function* () {
      try {
        return yield* picky(undefined as never)
      } catch (error) {
        return error
      }
    })
    expect(await run(outer)).toBeInstanceOf(TypeError)
    expect(() => picky.sync(undefined as never)).toThrow(TypeError)
    await expect(picky.async(undefined as never)).rejects.toThrow(TypeError)
  })

  inBothModes('nests 100,000 deep', async (run) => {
    const depth = dual(function* (level: number): Generator<DualCall<unknown>, number, unknown> {
      return level === 0 ? (yield* read('bottom')).length : 1 + (yield* depth(level - 1))
    })
    expect(await run({ sync: () => depth.sync(100_000), async: () => depth.async(100_000) })).toBe(100_008)
  })

  inBothModes('fails 100,000 deep', async (run) => {
    let left = 0
    const depth = dual(function* (level: number): Generator<DualCall<unknown>, number, unknown> {
      try {
        return level === 0 ? yield* fail('deep down') : yield* depth(level - 1)
      } finally {
        left++
      }
    })
    await expect(run({ sync: () => depth.sync(100_000), async: () => depth.async(100_000) })).rejects.toThrow(
      'deep down',
    )
    expect(left).toBe(100_001)
  })

  it('has its own line in the stack of what a native pair throws', () => {
    const outermost = dual(function* theGenerator() {
      yield* fail('with frames')
    })
    Error.stackTraceLimit = 50
    try {
      expect(() => outermost.sync()).toThrow(
        expect.objectContaining({ stack: expect.stringContaining('theGenerator') }),
      )
    } finally {
      Error.stackTraceLimit = 10
    }
  })

  it('keeps the context of asynchronous code', async () => {
    const storage = new AsyncLocalStorage<string>()
    const { tasks, channel } = startTasks()
    const reader = dual(function* () {
      yield* tasks.task(1)
      const afterTask = storage.getStore()
      yield* read('x')
      return [afterTask, storage.getStore()]
    })
    const promises = ['one', 'two'].map((name) => storage.run(name, () => reader.async()))
    channel().turn()
    expect(await Promise.all(promises)).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ])
  })
})

describe('what a generator function yields without a star', () => {
  it('in sync mode must not be a promise: finally blocks run, and the error names the function', () => {
    const seen: string[] = []
    const loadConfig = dual(function* loadConfiguration() {
      try {
        yield Promise.reject(new Error('nobody sees to it'))
      } catch {
        seen.push('catch')
      } finally {
        seen.push(yield* read('finally'))
      }
      return 'not reached'
    })
    const error = thrownBy(() => loadConfig.sync())
    expect(error).toBeInstanceOf(AsyncInSyncError)
    expect(error).toMatchObject({ message: expect.stringContaining('loadConfiguration yielded a promise') })
    expect(seen).toEqual(['<finally>'])
    const outer = dual(function* () {
      try {
        yield* loadConfig()
      } catch (caught) {
        return caught
      }
    })
    expect(outer.sync()).toBeInstanceOf(AsyncInSyncError)
  })

  it('in sync mode must not be returned either', () => {
    // biome-ignore lint/correctness/useYield: that is the point
    const returning = dual(function* returnsPromise() {
      return Promise.resolve(1)
    })
    expect(() => returning.sync()).toThrow(/returnsPromise returned a promise/)
  })

  it('in async mode is awaited', async () => {
    const awaiting = dual(function* () {
      const value = yield Promise.resolve('value')
      try {
        yield Promise.reject(new RangeError('rejected'))
      } catch (error) {
        return [value, error]
      }
    })
    expect(await awaiting.async()).toEqual(['value', new RangeError('rejected')])
    // biome-ignore lint/correctness/useYield: that is the point
    const returning = dual(function* () {
      return Promise.resolve(1)
    })
    expect(await returning.async()).toBe(1)
  })

  inBothModes('has to be a call: the error says what to do', async (run) => {
    const seen: string[] = []
    const wrong = dual(function* yieldsFive() {
      try {
        yield 5 as never
      } finally {
        seen.push('finally')
      }
    })
    await expect(run(wrong)).rejects.toThrow(/^yieldsFive yielded a number; .*yield\*/)
    await expect(run(wrong)).rejects.toThrow(TypeError)
    expect(seen).toEqual(['finally', 'finally'])
  })

  inBothModes('may be a call', async (run) => {
    expect(
      await run(
        dual(function* () {
          return yield read('no star')
        }),
      ),
    ).toBe('<no star>')
  })

  inBothModes('may have a then that throws', async (run) => {
    const hostile = Object.defineProperty({}, 'then', {
      get() {
        throw new Error('from the getter')
      },
    })
    await expect(
      run(
        dual(function* () {
          yield hostile as never
        }),
      ),
    ).rejects.toThrow(TypeError)
  })
})

describe('a call without a form', () => {
  it('begins when it is asked for, and runs once', async () => {
    log.length = 0
    const call = read('once')
    expect(log).toEqual([])
    expect(JSON.stringify(call)).toBe('{}')
    expect([await call, await call]).toEqual(['<once>', '<once>'])
    expect(log).toEqual(['async once'])
  })

  inBothModes('runs once however often it is yielded', async (run, mode) => {
    log.length = 0
    const shared = dual(function* () {
      return yield* read('shared')
    })
    const call = shared()
    const both = dual(function* () {
      const results = yield* gather([call, call])
      return [...results, yield* call, yield* call]
    })
    expect(await run(both)).toEqual(['<shared>', '<shared>', '<shared>', '<shared>'])
    expect(await call).toBe('<shared>')
    expect(log).toEqual([`${mode} shared`])
  })

  inBothModes('keeps its failure', async (run) => {
    const call = fail('kept')
    const asks = dual(function* () {
      yield* call
    })
    await expect(run(asks)).rejects.toThrow('kept')
    await expect(run(asks)).rejects.toThrow('kept')
    await expect(call).rejects.toThrow('kept')
  })

  it('that another one is running is joined', async () => {
    const slow = dual(function* () {
      return yield* read('slow')
    })
    const call = slow()
    const asks = dual(function* () {
      return yield* call
    })
    const first = asks.async()
    const second = asks.submit()
    const third = asks.submit()
    expect(third.cancel()).toBe(true)
    expect([await first, await second, await call]).toEqual(['<slow>', '<slow>', '<slow>'])
  })

  inBothModes('that waits for itself is told so', async (run) => {
    const self: { call?: DualCall<unknown> } = {}
    const selfish = dual(function* selfish(): Generator<DualCall<unknown>, unknown, unknown> {
      return self.call === undefined ? undefined : yield* self.call
    })
    self.call = selfish()
    const call = self.call
    await expect(
      run(
        dual(function* () {
          return yield* call
        }),
      ),
    ).rejects.toThrow(DeadlockError)
    self.call = selfish()
    const again = self.call
    await expect(
      run(
        dual(function* () {
          return yield* gather([again])
        }),
      ),
    ).rejects.toThrow(DeadlockError)
  })

  it('that waits for itself by way of another is told so', async () => {
    const calls: DualCall<unknown>[] = []
    const other = dual(function* (index: number): Generator<PromiseLike<unknown>, unknown, unknown> {
      yield* read('first')
      const call = calls[index]
      return call === undefined ? undefined : yield* call
    })
    calls.push(other(1), other(0))
    const outcomes = await Promise.allSettled(calls)
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([
      expect.any(DeadlockError),
      expect.any(DeadlockError),
    ])
  })

  it('that blocks this thread can be waited for by what runs meanwhile', () => {
    const { tasks, channel } = startTasks(() => undefined)
    const call = tasks.task()
    const asks = dual(function* () {
      return yield* call
    })
    const seen: unknown[] = []
    tasks.task.submit('opens the channel')
    channel().whenDriven(() => {
      channel().whenDriven(() => channel().arrive({ kind: 'return', id: 2, value: 'reply' }))
      seen.push(asks.sync())
    })
    expect(asks.sync()).toBe('reply')
    expect(seen).toEqual(['reply'])
  })

  it('that was a deadlock stays one', async () => {
    const native = gather([read.submit('y'), read('z')])
    const asks = dual(function* () {
      return yield* native
    })
    expect(() => asks.sync()).toThrow(DeadlockError)
    expect(() => asks.sync()).toThrow(DeadlockError)
    await expect(native).rejects.toThrow(DeadlockError)
  })

  it('may have waited in many others that are shared: each is looked at once', async () => {
    const { tasks, channel } = startTasks()
    const calls = new Map<number, DualCall<number>>()
    const fibonacci = dual(function* (index: number): Generator<PromiseLike<unknown>, number, unknown> {
      if (index < 2) return (yield* tasks.task(index)) as number
      const [left, right] = yield* gather([shared(index - 1), shared(index - 2)])
      return left + right
    })
    const shared = (index: number): DualCall<number> => {
      const call = calls.get(index) ?? fibonacci(index)
      calls.set(index, call)
      return call
    }
    expect(fibonacci.sync(60)).toBe(1_548_008_755_920)
    calls.clear()
    const future = fibonacci.submit(60)
    expect(tasks.task.sync('unrelated')).toBe('unrelated')
    expect(future.result()).toBe(1_548_008_755_920)
    calls.clear()
    const promise = fibonacci.async(60)
    channel().turn()
    expect(await promise).toBe(1_548_008_755_920)
  })

  it('may wait for thousands of others, in a chain', async () => {
    const { tasks } = startTasks()
    const calls: DualCall<unknown>[] = []
    const link = dual(function* (index: number): Generator<PromiseLike<unknown>, unknown, unknown> {
      return yield* calls[index - 1] ?? tasks.task('end')
    })
    for (let index = 0; index < 2_000; index++) calls.push(link(index))
    const promises = calls.map(async (call) => await call)
    const last = dual(function* () {
      return yield* calls.at(-1) ?? read('none')
    })
    await tick()
    expect(last.sync()).toBe('end')
    expect(new Set(await Promise.all(promises))).toEqual(new Set(['end']))
  })

  it('of a loaded module starts nothing by being looked at', async () => {
    const { tasks, channel } = startTasks()
    expect(JSON.stringify(tasks)).toBe('{}')
    expect(Reflect.get(tasks, 'then')).toBeUndefined()
    expect(Reflect.get(tasks.task, 'then')).toBeUndefined()
    tasks.task('lazy')
    expect(channel().posted.map(({ kind }) => kind)).toEqual(['load'])
    const call = tasks.task('lazy')
    const promise = call.then((value) => value)
    channel().turn()
    expect(await promise).toBe('lazy')
  })

  it('cannot be iterated over outside of a generator function, which is told', () => {
    expect(() => [...read('by hand')]).toThrow(/iterated over outside of.*\.sync\(…\)/)
    expect(read.sync('by hand')).toBe(read.sync('by hand'))
  })
})

describe('gather of calls', () => {
  inBothModes('gives the results in order, of every kind', async (run) => {
    const generator = dual(function* (path: string) {
      return (yield* read(path)) + (yield* read(path))
    })
    const all = dual(function* () {
      return yield* gather([read('a'), generator('b'), gather([read('c')]), gather([])])
    })
    expect(await run(all)).toEqual(['<a>', '<b><b>', ['<c>'], []])
  })

  inBothModes('fails with the first failure, or gives the outcome of each', async (run) => {
    await expect(
      run(
        dual(function* () {
          yield* gather([read('a'), fail('first'), fail('second')])
        }),
      ),
    ).rejects.toThrow('first')
    const outcomes = dual(function* () {
      return yield* gather([read('a'), fail('b')], { returnExceptions: true })
    })
    expect(await run(outcomes)).toEqual([
      { status: 'fulfilled', value: '<a>' },
      { status: 'rejected', reason: new RangeError('b') },
    ])
  })

  it('begins every task on a loop before it blocks, or runs a native function', () => {
    const order: string[] = []
    const { tasks, channel } = startTasks((envelope) => {
      if (envelope.kind === 'call') order.push('sent')
      return undefined
    })
    const native = dual({ sync: () => order.push('native'), async: async () => 0 })
    const one = dual(function* () {
      return yield* tasks.task()
    })
    const all = dual(function* () {
      return yield* gather([native(), tasks.task(), native(), tasks.task(), one()])
    })
    channel().whenDriven(() => {
      order.push('answered')
      channel().arrive(...[1, 2, 3].map((id) => ({ kind: 'return' as const, id, value: id })))
    })
    expect(all.sync()).toEqual([3, 1, 4, 2, 3])
    expect(order).toEqual(['sent', 'sent', 'native', 'native', 'sent', 'answered'])
  })

  inBothModes('with a limit runs as many together', async (run, mode) => {
    let running = 0
    let most = 0
    const work = dual({
      sync: (value: number) => value,
      async async(value: number) {
        most = Math.max(most, ++running)
        await tick()
        running--
        return value
      },
    })
    const all = dual(function* () {
      return yield* gather(
        [1, 2, 3, 4, 5].map((value) => work(value)),
        { limit: 2 },
      )
    })
    expect(await run(all)).toEqual([1, 2, 3, 4, 5])
    expect(most).toBe(mode === 'sync' ? 0 : 2)
  })

  it('can be awaited, and is lazy', async () => {
    log.length = 0
    const both = gather([read('x'), read('y')])
    await tick()
    expect(log).toEqual([])
    expect(await both).toEqual(['<x>', '<y>'])
  })

  it('takes thousands that are answered together', async () => {
    const { tasks, channel } = startTasks()
    const one = dual(function* () {
      return yield* tasks.task(1)
    })
    const all = dual(function* () {
      const results = yield* gather(Array.from({ length: 5_000 }, () => one()))
      return results.length
    })
    expect(all.sync()).toBe(5_000)
    const promise = all.async()
    channel().turn()
    expect(await promise).toBe(5_000)
  })

  it('refuses what is neither', () => {
    expect(() => gather([read('x'), 5 as never])).toThrow(/input 1 is a number/)
    expect(() => gather([read('x'), (() => read.submit('y')) as never], { limit: 1 })).toThrow(/input 1 is a function/)
    expect(() => gather([read('x'), read.submit('y')] as never, { limit: 1 })).toThrow(TypeError)
  })
})

describe('futures', () => {
  it('can be yielded', async () => {
    const { tasks, channel } = startTasks()
    const asks = dual(function* () {
      return yield* tasks.task.submit('future')
    })
    expect(asks.sync()).toBe('future')
    const promise = asks.async()
    channel().turn()
    expect(await promise).toBe('future')
  })

  it('of a generator function can be waited for by blocking while its calls can', () => {
    const { tasks } = startTasks()
    const inner = dual(function* (value: number) {
      return (yield* tasks.task(value)) as number
    })
    const sum = dual(function* () {
      const [a, b] = yield* gather([inner(1), inner(2)])
      return a + b + (yield* inner(3))
    })
    const done = vi.fn()
    const future = sum.submit()
    future.addDoneCallback(done)
    expect(future.result()).toBe(6)
    expect(done).toHaveBeenCalledOnce()
    expect(gather([sum.submit(), sum.submit()]).result()).toEqual([6, 6])
  })

  it('go on inside a wait for something that waits for them', () => {
    const { tasks } = startTasks()
    const twice = dual(function* () {
      yield* tasks.task(1)
      return yield* tasks.task(2)
    })
    const call = twice()
    const outer = dual(function* () {
      return yield* call
    })
    outer.submit()
    const joined = dual(function* () {
      return yield* call
    })
    expect(joined.sync()).toBe(2)
  })

  it('put off by another wait go on in theirs', () => {
    const { tasks } = startTasks()
    const twice = dual(function* () {
      yield* tasks.task(1)
      return yield* tasks.task(2)
    })
    const future = twice.submit()
    expect(tasks.task.sync('unrelated')).toBe('unrelated')
    expect(future.result()).toBe(2)
  })

  it('put off by another wait go on when a run in theirs comes to wait for them', () => {
    const { tasks } = startTasks()
    const twice = dual(function* () {
      yield* tasks.task(1)
      return yield* tasks.task(2)
    })
    const call = twice()
    call.then(() => {})
    expect(tasks.task.sync('unrelated')).toBe('unrelated')
    const joins = dual(function* () {
      yield* tasks.task(3)
      return yield* call
    })
    expect(joins.submit().result()).toBe(2)
  })

  it('of native pairs are a deadlock, and go on', async () => {
    const reads = dual(function* reader() {
      return yield* read('x')
    })
    const future = reads.submit()
    expect(() => future.result()).toThrow(DeadlockError)
    expect(() => future.result()).toThrow(/reader waits for the function/)
    expect(() => gather([future]).result()).toThrow(DeadlockError)
    expect(await future).toBe('<x>')
  })

  it('have their own result to wait for only elsewhere', async () => {
    const holder: { future?: { result(): unknown } } = {}
    const selfish = dual(function* () {
      yield* read('x')
      return holder.future?.result()
    })
    const future = selfish.submit()
    holder.future = future
    await expect(future).rejects.toThrow(DeadlockError)
  })

  it('that are cancelled have finally blocks run, and the call under way cancelled', async () => {
    const seen: string[] = []
    const { tasks, channel } = startTasks(() => undefined)
    const inner = dual(function* () {
      try {
        yield* tasks.task()
      } catch {
        seen.push('catch')
      } finally {
        seen.push('inner')
      }
    })
    const outer = dual(function* () {
      try {
        yield* inner()
        seen.push('went on')
      } finally {
        seen.push(`outer ${yield* read('cleanup')}`)
      }
    })
    const future = outer.submit()
    expect(future.cancel('enough')).toBe(true)
    expect(seen).toEqual(['inner'])
    expect(channel().posted.map(({ kind }) => kind)).toEqual(['load', 'call', 'cancel'])
    const call = channel().posted.at(-1)
    expect(call?.kind === 'cancel' && call.reason).toMatchObject({ value: 'enough' })
    expect(() => future.result()).toThrow(AbortError)
    await vi.waitFor(() => expect(seen).toEqual(['inner', 'outer <cleanup>']))
  })

  it('may be cancelled by the generator itself, and before it has begun', async () => {
    const seen: string[] = []
    const holder: { future?: { cancel(): boolean } } = {}
    const suicidal = dual(function* () {
      try {
        yield* read('x')
        holder.future?.cancel()
        seen.push('to the next yield')
        yield* read('y')
        seen.push('went on')
      } finally {
        seen.push('finally')
      }
    })
    holder.future = suicidal.submit()
    await expect(holder.future).rejects.toThrow(AbortError)
    await tick()
    expect(seen).toEqual(['to the next yield', 'finally'])
  })

  it('may be cancelled while a call begins, by its parameters or by a native half', async () => {
    const { tasks, channel } = startTasks(() => undefined)
    let controller = new AbortController()
    const seen: string[] = []
    const abort = (): void => controller.abort()
    const byParameter = dual(function* (_value: unknown = abort()): Generator<PromiseLike<unknown>, void, unknown> {
      yield* tasks.task('never')
      seen.push('went on')
    })
    const callsIt = dual(function* () {
      try {
        yield* byParameter()
      } finally {
        seen.push('finally')
      }
    })
    // biome-ignore lint/correctness/useYield: that is the point
    const returns = dual(function* () {
      abort()
      return tasks.task('never')
    })
    const native = dual({
      sync: abort,
      async async() {
        abort()
        return new Promise(() => {})
      },
    })
    const yields = dual(function* () {
      try {
        yield native()
      } finally {
        seen.push('finally')
      }
    })
    for (const cancelled of [byParameter, callsIt, returns, yields]) {
      controller = new AbortController()
      const { signal } = controller
      expect(() => cancelled.with({ signal }).sync()).toThrow(AbortError)
      controller = new AbortController()
      await expect(cancelled.with({ signal: controller.signal }).async()).rejects.toThrow(AbortError)
    }
    await tick()
    expect(seen).toEqual(['finally', 'finally', 'finally', 'finally'])
    expect(channel().posted.map(({ kind }) => kind)).toEqual(['load'])
  })

  it('do not hide what a finally block throws after a cancellation', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    try {
      const failing = dual(function* failing() {
        try {
          yield* never()
        } finally {
          yield* fail('in finally')
        }
      })
      const future = failing.submit()
      future.cancel()
      await vi.waitFor(() => expect(error).toHaveBeenCalledOnce())
      expect(error.mock.calls[0]).toEqual([expect.stringContaining('failing'), new RangeError('in finally')])
    } finally {
      error.mockRestore()
    }
  })
})

describe('limits', () => {
  it('end an asynchronous run, by finally and not by catch', async () => {
    const seen: string[] = []
    const waits = dual(function* waits() {
      try {
        yield* never()
      } catch {
        seen.push('catch')
      } finally {
        seen.push('finally')
      }
    })
    await expect(waits.with({ timeout: 1 }).async()).rejects.toThrow(/waits did not finish within 1 ms/)
    expect(seen).toEqual(['finally'])
    const controller = new AbortController()
    const aborted = waits.with({ signal: controller.signal }).async()
    controller.abort('why')
    await expect(aborted).rejects.toMatchObject({ code: 'ERR_AMBISYNC_ABORTED', cause: 'why' })
    await expect(waits.with({ signal: controller.signal }).async()).rejects.toThrow('was not called')
    expect(seen).toEqual(['finally', 'finally'])
  })

  it('end a blocking run, whose finally blocks have run then', () => {
    const seen: unknown[] = []
    const { tasks, channel } = startTasks((envelope) =>
      envelope.kind === 'call' && envelope.args[0] === 'cleanup'
        ? [{ kind: 'return', id: envelope.id, value: 'clean' }]
        : undefined,
    )
    const waits = dual(function* waits() {
      try {
        yield* tasks.task('never')
      } catch {
        seen.push('catch')
      } finally {
        seen.push(yield* tasks.task('cleanup'))
        seen.push(yield* read('native'))
      }
    })
    const outer = dual(function* outer() {
      try {
        yield* waits()
      } finally {
        seen.push('outer')
      }
    })
    expect(() => outer.with({ timeout: 200 }).sync()).toThrow(/outer did not finish within 200 ms/)
    expect(seen).toEqual(['clean', '<native>', 'outer'])
    expect(channel().posted.map(({ kind }) => kind)).toEqual(['load', 'call', 'cancel', 'call'])
    // Caught as any other failure where only the inner call has the limit.
    const catching = dual(function* () {
      try {
        yield* waits.with({ timeout: 1 })()
      } catch (error) {
        return error
      }
    })
    expect(catching.sync()).toBeInstanceOf(TimeoutError)
  })

  it('have what is called clean up before its callers do', async () => {
    const { tasks } = startTasks((envelope) =>
      envelope.kind === 'call' && envelope.args[0] === 'cleanup'
        ? [{ kind: 'return', id: envelope.id, value: 'clean' }]
        : undefined,
    )
    const seen: string[] = []
    const part = dual(function* (name: string) {
      try {
        yield* tasks.task('never')
      } finally {
        seen.push(`${name} ${yield* tasks.task('cleanup')}`)
      }
    })
    const whole = dual(function* () {
      try {
        yield* gather([part('a'), part.with({ timeout: 10_000 })('b'), gather([part('c')])])
      } finally {
        seen.push('whole')
      }
    })
    const outermost = dual(function* () {
      try {
        yield* whole.with({ timeout: 10_000 })()
      } finally {
        seen.push('outermost')
      }
    })
    // Parallel calls are in no order among themselves.
    const order = ['a clean', 'b clean', 'c clean', 'whole', 'outermost']
    const ordered = (): string[] => [...seen.slice(0, 3).sort(), ...seen.slice(3)]
    expect(() => outermost.with({ timeout: 300 }).sync()).toThrow(TimeoutError)
    expect(ordered()).toEqual(order)
    seen.length = 0
    const gathered = dual(function* () {
      // Long enough for both to begin, on any machine.
      yield* gather([part('a'), part('b')], { timeout: 300 })
    })
    expect(() => gathered.sync()).toThrow(/gather of 2 did not finish/)
    expect(seen.splice(0).sort()).toEqual(['a clean', 'b clean'])
    const future = outermost.submit()
    future.cancel()
    expect(seen).toEqual([])
    // Any blocking wait for the loop has the answers taken in.
    expect(tasks.task.sync('cleanup')).toBe('clean')
    await vi.waitFor(() => expect(ordered()).toEqual(order))
  })

  it('are looked at between native functions, which cannot be stopped', () => {
    const seen: string[] = []
    const controller = new AbortController()
    const abort = dual({ sync: () => controller.abort('inside'), async: async () => controller.abort() })
    const aborting = dual(function* () {
      try {
        yield* abort()
        yield* read('after')
        seen.push('went on')
      } finally {
        seen.push('finally')
      }
    })
    log.length = 0
    const error = thrownBy(() => aborting.with({ signal: controller.signal }).sync())
    expect(error).toMatchObject({ code: 'ERR_AMBISYNC_ABORTED', cause: 'inside' })
    expect(seen).toEqual(['finally'])
    expect(log).toEqual([])
    expect(() => aborting.with({ signal: controller.signal }).sync()).toThrow('was not called')
    const waiting = dual(function* () {
      for (;;) yield* read('again')
    })
    expect(() => waiting.with({ timeout: 2 }).sync()).toThrow(TimeoutError)
    const gathering = dual(function* () {
      yield* gather(Array.from({ length: 10 }, () => waiting()))
    })
    expect(() => gathering.with({ timeout: 2 }).sync()).toThrow(TimeoutError)
  })

  it('of a native call inside are refused as ever', async () => {
    const limited = dual(function* () {
      return yield* read.with({ timeout: 1_000 })('x')
    })
    expect(() => limited.sync()).toThrow(NotSupportedError)
    expect(await limited.async()).toBe('<x>')
  })

  it('do not include readAhead, which is of tasks', () => {
    const empty = dual(function* empty() {
      yield* read('x')
    })
    expect(() => empty.with({ readAhead: 0 })).toThrow(NotSupportedError)
    expect(() => empty.with({ readAhead: 0 })).toThrow(/^empty runs here.*readAhead/)
  })

  it('reach the tasks as the time that is left', () => {
    const { tasks, channel } = startTasks()
    const asks = dual(function* () {
      yield* tasks.task(1)
      yield* tasks.task.with({ timeout: 5 })(2)
      yield* gather([tasks.task(3)])
    })
    const outer = dual(function* () {
      yield* asks()
      yield* asks.with({ timeout: 50 })()
    })
    outer.with({ timeout: 10_000 }).sync()
    const timeouts = channel().posted.flatMap((envelope) => (envelope.kind === 'call' ? [envelope.timeout ?? NaN] : []))
    expect(
      timeouts.map((timeout) => (timeout <= 5 ? 5 : timeout <= 50 ? 50 : timeout <= 10_000 ? 10_000 : NaN)),
    ).toEqual([10_000, 5, 10_000, 50, 5, 50])
    expect(timeouts.every((timeout) => timeout > 0)).toBe(true)
  })
})

describe('dual', () => {
  it('takes generator functions and pairs, and says so', () => {
    const pair = { sync: () => 1, async: async () => 1 }
    for (const wrong of [
      () => 1,
      async () => 1,
      async function* () {},
      class {},
      Object.assign(() => 1, pair),
      5,
      null,
    ]) {
      expect(() => dual(wrong as never)).toThrow(/^dual takes a generator function/)
      expect(() => dual(wrong as never)).toThrow(TypeError)
    }
  })

  it('names the function that it was given', () => {
    expect(() => dual(async function readAll() {} as never)).toThrow(/AsyncFunction \(readAll\)/)
  })
})

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('it did not throw')
}
