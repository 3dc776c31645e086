import { describe, expect, it, vi } from 'vitest'
import type { Call } from '../src/adapter.ts'
import {
  dual,
  type Future,
  gather,
  LoopExitError,
  LoopStartError,
  NotSupportedError,
  SerializationError,
  startLoop,
  TimeoutError,
} from '../src/index.ts'
import { echo, last, memoryAdapter, type Respond } from './memory-channel.ts'

interface Tasks {
  task(value?: unknown): unknown
}

/** A loop whose calls are answered by `respond`; what it does not answer, a test answers through the channel. */
function start(respond: Respond = echo) {
  const adapter = memoryAdapter(respond)
  const loop = startLoop({ adapter })
  return { adapter, loop, tasks: loop.load<Tasks>('./tasks.js'), channel: () => last(adapter) }
}

const calls = (posted: readonly { kind: string }[]): Call[] =>
  posted.filter((envelope): envelope is Call => envelope.kind === 'call')

describe('a call', () => {
  it('is answered, in every mode', async () => {
    const { tasks, channel } = start()
    expect(tasks.task.sync(1)).toBe(1)
    const promise = tasks.task.async(2)
    channel().turn()
    expect(await promise).toBe(2)
    expect(tasks.task.submit(3).result()).toBe(3)
  })

  it('is preceded by its module, once', () => {
    const { tasks, channel } = start()
    tasks.task.sync()
    tasks.task.sync()
    expect(channel().posted.map(({ kind }) => kind)).toEqual(['load', 'call', 'call'])
  })

  it('gets its own answer, whatever the order', () => {
    const { tasks, channel } = start(() => undefined)
    const first = tasks.task.submit()
    const second = tasks.task.submit()
    const [one, two] = calls(channel().posted)
    channel().arrive(
      { kind: 'return', id: two?.id ?? 0, value: 'two' },
      { kind: 'return', id: one?.id ?? 0, value: 'one' },
    )
    expect([first.result(), second.result()]).toEqual(['one', 'two'])
  })

  it('never gets the answer of a call that was given up', () => {
    const { tasks, channel } = start(() => undefined)
    const first = tasks.task.submit()
    const id = calls(channel().posted)[0]?.id ?? 0
    first.cancel()
    const second = tasks.task.submit()
    channel().whenDriven(() => channel().arrive({ kind: 'return', id, value: 'late' }))
    channel().whenDriven(() => channel().arrive({ kind: 'return', id: id + 1, value: 'mine' }))
    expect(second.result()).toBe('mine')
    expect(first.cancelled()).toBe(true)
  })

  it('answers a call at most once', () => {
    const { tasks, channel } = start(() => undefined)
    const future = tasks.task.submit()
    const id = calls(channel().posted)[0]?.id ?? 0
    channel().arrive({ kind: 'return', id, value: 1 }, { kind: 'return', id, value: 2 })
    expect(future.result()).toBe(1)
  })

  it('keeps the process alive exactly while its promise or callback is pending', () => {
    const { tasks, channel } = start(() => undefined)
    const unwatched = tasks.task.submit()
    expect(channel().held).toBe(false)
    unwatched.addDoneCallback(() => {})
    expect(channel().held).toBe(true)
    const awaited = tasks.task.async()
    unwatched.cancel()
    expect(channel().held).toBe(true)
    const id = calls(channel().posted)[1]?.id ?? 0
    channel().arrive({ kind: 'return', id, value: undefined })
    channel().turn()
    expect(channel().held).toBe(false)
    return awaited
  })
})

it('runs a callback that was called before its call returned, even if both arrive at once', () => {
  const { tasks, channel } = start(() => undefined)
  const seen: unknown[] = []
  const future = tasks.task.submit((value: unknown) => seen.push(value))
  channel().arrive(
    { kind: 'invoke', id: 1, call: 1, callback: 0, args: ['in time'], blocking: false },
    { kind: 'return', id: 1, value: 'returned' },
    { kind: 'invoke', id: 2, call: 1, callback: 0, args: ['too late'], blocking: false },
  )
  expect(future.result()).toBe('returned')
  expect(seen).toEqual(['in time'])
  expect(channel().posted.slice(-2)).toMatchObject([
    { kind: 'invoke-return', id: 1 },
    { kind: 'invoke-throw', id: 2 },
  ])
})

describe('a full channel', () => {
  it('gets with a call what moves with it, also later', () => {
    const { tasks, channel } = start()
    channel().full = true
    const buffers = [new ArrayBuffer(1), new ArrayBuffer(2)]
    const futures = buffers.map((buffer) => tasks.task.with({ transfer: [buffer] }).submit('moved'))
    const plain = tasks.task.submit('plain')
    futures[0]?.cancel()
    channel().whenDriven(() => {
      channel().full = false
    })
    expect([futures[1]?.result(), plain.result()]).toEqual(['moved', 'plain'])
    expect(channel().transfers).toEqual([undefined, [buffers[1]], undefined])
  })

  it('gets the envelopes later, in order', () => {
    const { tasks, channel } = start()
    channel().full = true
    const futures = [tasks.task.submit('a'), tasks.task.submit('b')]
    expect(calls(channel().posted)).toHaveLength(0)
    channel().whenDriven(() => {
      channel().full = false
    })
    expect(futures.map((future) => future.result())).toEqual(['a', 'b'])
    expect(calls(channel().posted).map(({ args }) => args[0])).toEqual(['a', 'b'])
  })

  it('is not sent what was cancelled in the meantime', () => {
    const { tasks, channel } = start()
    channel().full = true
    const first = tasks.task.submit('a')
    const second = tasks.task.submit('b')
    first.cancel()
    channel().full = false
    channel().turn()
    expect(second.result()).toBe('b')
    expect(calls(channel().posted).map(({ args }) => args[0])).toEqual(['b'])
  })

  it('loses nothing when a done callback blocks in the middle', () => {
    const { tasks, channel } = start()
    channel().full = true
    const first = tasks.task.submit('a')
    const bad = tasks.task.submit(Symbol('bad'))
    const others = ['b', 'c'].map((value) => tasks.task.submit(value))
    let seen: unknown
    bad.addDoneCallback(() => {
      seen = first.result()
    })
    channel().full = false
    channel().turn()
    expect(others.map((future) => future.result())).toEqual(['b', 'c'])
    expect(seen).toBe('a')
    expect(calls(channel().posted).map(({ args }) => args[0])).toEqual(['a', 'b', 'c'])
  })

  it('tells the call of what cannot be cloned when it is its turn', () => {
    const { tasks, channel } = start()
    channel().full = true
    const bad = tasks.task.submit([Symbol('s')])
    const good = tasks.task.submit('good')
    channel().full = false
    channel().turn()
    expect(good.result()).toBe('good')
    expect(() => bad.result()).toThrow(SerializationError)
    expect(() => bad.result()).toThrow('args[0][0] is a symbol')
  })
})

describe('the end of a loop', () => {
  it('delivers what was sent before it', () => {
    const { tasks, channel } = start(() => undefined)
    const answered = tasks.task.submit()
    const pending = tasks.task.submit()
    const id = calls(channel().posted)[0]?.id ?? 0
    channel().arrive({ kind: 'return', id, value: 'in time' }, { kind: 'exit', code: 3, cause: new Error('why') })
    expect(() => pending.result()).toThrow(LoopExitError)
    expect(answered.result()).toBe('in time')
    expect(pending.outcome()).toMatchObject({ reason: { exitCode: 3, cause: new Error('why'), adapter: 'memory' } })
  })

  it('starts a fresh one with the next call, modules included', () => {
    const { adapter, tasks, channel } = start()
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    tasks.task.sync(1)
    channel().arrive({ kind: 'exit', signal: 'SIGKILL' })
    channel().turn()
    expect(tasks.task.sync(2)).toBe(2)
    expect(adapter.channels).toHaveLength(2)
    expect(channel().posted.map(({ kind }) => kind)).toEqual(['load', 'call'])
    // Nobody was waiting for it, so nobody else has been told.
    expect(told).toHaveBeenCalledExactlyOnceWith('ambisync:', expect.any(LoopExitError))
    told.mockRestore()
  })

  it("that was killed and has not ended yet is not replaced with restart: 'never'", () => {
    const adapter = memoryAdapter(() => undefined)
    const loop = startLoop({
      adapter: {
        ...adapter,
        capabilities: { ...adapter.capabilities, kill: true },
        open(options) {
          const channel = adapter.open(options)
          channel.kill = () => {
            last(adapter).killed = true
          }
          return channel
        },
      },
      restart: 'never',
      grace: 0,
    })
    const tasks = loop.load<Tasks>('./tasks.js')
    last(adapter).turn()
    tasks.task.submit().cancel()
    expect(() => tasks.task.with({ timeout: 20 }).sync()).toThrow(TimeoutError)
    expect(last(adapter).killed).toBe(true)
    const future = tasks.task.submit()
    expect(adapter.channels).toHaveLength(1)
    last(adapter).arrive({ kind: 'exit', code: 1 })
    expect(() => future.result()).toThrow(LoopExitError)
    expect(() => tasks.task.sync()).toThrow(/restart: 'never'/)
  })

  it('tells the signal', () => {
    const { tasks, channel } = start(() => undefined)
    const future = tasks.task.submit()
    channel().arrive({ kind: 'exit', signal: 'SIGKILL' })
    expect(future.outcome()).toMatchObject({ reason: { signal: 'SIGKILL', message: /SIGKILL/ } })
  })

  it('before it ran is a failure to start, and attempts are spaced out', () => {
    const adapter = memoryAdapter((envelope) => (envelope.kind === 'call' ? [{ kind: 'exit', code: 9 }] : undefined))
    const open = adapter.open.bind(adapter)
    const loop = startLoop({
      adapter: {
        ...adapter,
        open(options) {
          const channel = open(options)
          // Takes the `ready` away.
          channel.poll()
          return channel
        },
      },
    })
    const tasks = loop.load<Tasks>('./tasks.js')
    expect(() => tasks.task.sync()).toThrow(LoopStartError)
    expect(() => tasks.task.sync()).toThrow(/could not start/)
    expect(() => tasks.task.sync()).toThrow(/2 times in a row; the next attempt can be made in \d+ ms/)
    expect(adapter.channels).toHaveLength(2)
  })
})

describe('a time limit', () => {
  it('that is over when the answer is there already still gives the answer', () => {
    const { tasks } = start()
    expect(tasks.task.with({ timeout: 0 }).sync('there')).toBe('there')
  })

  it('with exactly nothing left is not without limit', () => {
    const { tasks } = start(() => undefined)
    expect(() => tasks.task.submit().result({ timeout: 0 })).toThrow(TimeoutError)
    expect(() => tasks.task.with({ timeout: Number.MIN_VALUE }).sync()).toThrow(TimeoutError)
  })
})

describe('waiting', () => {
  it('sees an answer that came with the one before it, from a gather starter that blocks', () => {
    const { tasks, channel } = start(() => undefined)
    const token = tasks.task.submit()
    const all = gather([() => tasks.task.submit(), () => settled(token)], { limit: 1 })
    channel().whenDriven(() => {
      channel().arrive({ kind: 'return', id: 2, value: 'part' }, { kind: 'return', id: 1, value: 'token' })
    })
    expect(all.result()).toEqual(['part', 'token'])

    function settled<T>(future: Future<T>): Future<T> {
      future.result()
      return future
    }
  })

  it('runs the timer of a nested wait that was due together with another', () => {
    const { tasks } = start(() => undefined)
    const limited = tasks.task.with({ timeout: 20 })
    const second = limited.submit()
    const first = tasks.task.with({ timeout: 10 }).submit()
    let seen: unknown
    const starters = [
      () => first,
      () => {
        seen = second.outcome({ timeout: 60_000 }).status
        return second
      },
    ]
    const all = gather(starters, { limit: 1, returnExceptions: true })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40)
    expect(all.result().map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(seen).toBe('rejected')
  })

  it('looks at every channel of the thread', () => {
    const first = start(() => undefined)
    const second = start(() => undefined)
    const other = second.tasks.task.submit()
    const future = first.tasks.task.submit()
    first.channel().whenDriven(() => {
      second.channel().arrive({ kind: 'return', id: 1, value: 'other' })
    })
    first.channel().whenDriven(() => {
      expect(other.done()).toBe(true)
      first.channel().arrive({ kind: 'return', id: 1, value: 'mine' })
    })
    expect(future.result()).toBe('mine')
    expect(other.result()).toBe('other')
  })
})

it('refuses to move memory for what runs here', () => {
  const pair = dual({ sync: () => 1, async: async () => 1 })
  const composed = dual(function* () {
    yield* pair()
  })
  for (const each of [pair, composed]) {
    const move = (): unknown => each.with({ transfer: [] })
    expect(move).toThrow(NotSupportedError)
    expect(move).toThrow(/"transfer"/)
  }
})
