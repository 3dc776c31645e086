import { fork } from 'node:child_process'
import { once } from 'node:events'
import { attach, type BullmqOptions, bullmq } from '@ambisync/bullmq'
import { AbortError, type Adapter, gather, type Loop, startLoop, TimeoutError, UnknownCallError } from '@ambisync/core'
import { RedisServer } from '@ambisync-apps/redis-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LineFile } from './line-file.ts'
import { ServerProcess } from './server-process.ts'

type TasksModule = typeof import('./tasks/tasks.js')

let redis: RedisServer
let server: ServerProcess

beforeAll(async () => {
  redis = await RedisServer.start()
  server = await ServerProcess.start({ connection: redis.url })
})

afterAll(async () => {
  await server.close()
  await redis.stop()
})

function adapter(options: BullmqOptions = {}): Adapter {
  return bullmq({ connection: redis.url, ...options })
}

/** Runs with a loop, which is stopped in the end. */
async function withLoop(
  run: (tasks: ReturnType<typeof load>, loop: Loop) => Promise<void> | void,
  options?: BullmqOptions,
): Promise<void> {
  const loop = startLoop({ adapter: adapter(options) })
  try {
    await run(load(loop), loop)
  } finally {
    await loop.stop({ timeout: 0 }).catch(() => {})
  }
}

function load(loop: Loop) {
  return loop.load<TasksModule>('tasks')
}

/** What a call came to, in a form that can be compared. */
function outcomeOf(run: () => unknown): unknown {
  try {
    return { value: run() }
  } catch (error) {
    return describeThrown(error)
  }
}

function describeThrown(error: unknown): unknown {
  const { name, message, cause, ...own } = error as Error
  return { name, message, cause, own }
}

describe('both ways', () => {
  it('a value', async () => {
    await withLoop(async (tasks) => {
      expect(tasks.add.sync(1, 2)).toBe(3)
      expect(await tasks.add.async(1, 2)).toBe(3)
      expect(tasks.add.submit(1, 2).result()).toBe(3)
    })
  })

  it.each<[string, unknown]>([
    ['what JSON is exact for', { a: [1, 'two', null, true, { b: 3.5 }] }],
    ['undefined', undefined],
    ['undefined in an object, -0 and NaN', { a: undefined, b: -0, c: Number.NaN }],
    ['what is in two places', (() => [Object.freeze({ same: 1 })].flatMap((part) => [part, part]))()],
    [
      'a Map, a Date, a URL and bytes',
      [new Map([[1, new Date(5)]]), new URL('https://example.org/'), Buffer.from('a')],
    ],
    ['a lone surrogate', '\ud800'],
    ['keys that mean something', JSON.parse('{"__proto__": 1, "toJSON": 2}')],
    ['more than what stands in its job', 'x'.repeat(20_000)],
    ['bytes, more than what stands in its job', new Uint8Array(100_000).fill(7)],
  ])('%s', async (_, value) => {
    await withLoop(async (tasks) => {
      const [blocked, awaited] = [tasks.echo.sync(value), await tasks.echo.async(value)]
      expect(blocked).toStrictEqual(value)
      expect(awaited).toStrictEqual(value)
    })
  })

  it('an error, with its class, its cause and its properties', async () => {
    using file = new LineFile()
    await withLoop(async (tasks) => {
      const blocked = outcomeOf(() => tasks.failAtFirst.sync(file.path, 1))
      using other = new LineFile()
      const awaited = await tasks.failAtFirst.async(other.path, 1).catch(describeThrown)
      expect(blocked).toEqual(awaited)
      expect(blocked).toEqual({
        name: 'RangeError',
        message: 'try 1',
        cause: new URL('https://example.org/'),
        own: { tried: 1 },
      })
    })
  })

  it('a gather, in order', async () => {
    await withLoop((tasks) => {
      const numbers = Array.from({ length: 500 }, (_, index) => index)
      expect(gather(numbers.map((each) => tasks.add.submit(each, 1))).result()).toEqual(numbers.map((each) => each + 1))
    })
  })

  it('a pool', async () => {
    const { startPool } = await import('@ambisync/core')
    const pool = startPool({ adapter: adapter(), size: 2 })
    const tasks = load(pool)
    expect(gather([1, 2, 3].map((each) => tasks.add.submit(each, 1))).result()).toEqual([2, 3, 4])
    pool.stopSync()
  })
})

describe('ids', () => {
  it.each([
    ['42', '42'],
    ['-7', '-7'],
    ['report/7:2026', 'report/7:2026'],
    ['ü ✓', 'ü ✓'],
    ['%', '%'],
    ['#1', '#1'],
    ['wait', 'wait'],
    ['meta', 'meta'],
    ['events', 'events'],
    ['id', 'id'],
    ['the longest', 'a'.repeat(256)],
  ])('%s runs once', async (_, id) => {
    using file = new LineFile()
    await withLoop(async (tasks) => {
      const leave = tasks.leave.with({ id })
      const future = leave.submit(file.path, 'first')
      expect(future.id).toBe(id)
      expect(future.result()).toBe('first')
      expect(leave.sync(file.path, 'second')).toBe('first')
      expect(await leave.async(file.path, 'third')).toBe('first')
      expect(file.lines).toEqual(['first'])
    })
  })

  it('at the same time, on two loops, once', async () => {
    using file = new LineFile()
    await withLoop(async (tasks) => {
      await withLoop(async (others) => {
        const id = crypto.randomUUID()
        const all = [tasks, others, tasks, others].map((each) => each.linger.with({ id }).submit(file.path, 50))
        expect(await Promise.all(all)).toEqual([50, 50, 50, 50])
        expect(file.lines).toEqual(['begun', 'done'])
      })
    })
  })

  it('what it threw is thrown again', async () => {
    using file = new LineFile()
    await withLoop((tasks) => {
      const fail = tasks.failAtFirst.with({ id: crypto.randomUUID() })
      const first = outcomeOf(() => fail.sync(file.path, 5))
      expect(outcomeOf(() => fail.sync(file.path, 5))).toEqual(first)
      expect(file.lines).toEqual(['tried'])
    })
  })

  it('of another function: refused', async () => {
    await withLoop((tasks) => {
      const id = crypto.randomUUID()
      tasks.add.with({ id }).sync(1, 2)
      expect(() => tasks.echo.with({ id }).sync(1)).toThrow(
        new TypeError(
          `the id "${id}" is that of a call of tasks.add, and not of tasks.echo; an id is of one call: give another one`,
        ),
      )
    })
  })

  it('of another function that is just at its end: refused all the same', async () => {
    await withLoop(async (tasks) => {
      await withLoop(async (others) => {
        for (let time = 0; time < 20; time++) {
          const id = crypto.randomUUID()
          const first = tasks.pause.with({ id }).submit(3)
          const between = Array.from({ length: 50 }, () => others.add.submit(1, 2))
          const second = others.echo.with({ id }).submit('its own')
          // Who comes first has it.
          const outcomes = await Promise.all(
            [first, second].map((each) => each.then(null, (error: unknown) => (error as Error).name)),
          )
          expect([
            [3, 'TypeError'],
            ['TypeError', 'its own'],
          ]).toContainEqual(outcomes)
          await Promise.all(between)
        }
      })
    })
  })

  it('one of its own where none is given', async () => {
    await withLoop((tasks) => {
      const futures = [tasks.add.submit(1, 2), tasks.add.submit(1, 2)]
      const ids = futures.map(({ id }) => id)
      expect(new Set(ids).size).toBe(2)
      expect(ids.every((id) => typeof id === 'string')).toBe(true)
      gather(futures).result()
    })
  })

  it('the task knows it', async () => {
    await withLoop((tasks) => {
      expect(tasks.ownKey.with({ id: '7' }).sync()).toBe('7')
      const future = tasks.ownKey.submit()
      expect(future.result()).toBe(future.id)
    })
  })
})

describe('attach', () => {
  it('gives the result of a call that is over, and of one that is not', async () => {
    using file = new LineFile()
    await withLoop(async (tasks, loop) => {
      const over = tasks.add.submit(1, 2)
      over.result()
      expect(attach<number>(loop, `${over.id}`).result()).toBe(3)
      const running = tasks.linger.submit(file.path, 100)
      const attached = attach<number>(loop, `${running.id}`)
      expect(attached.id).toBe(running.id)
      expect(await attached).toBe(100)
      expect(running.result()).toBe(100)
    })
  })

  it('finds a call that is still on its way into the queue', async () => {
    await withLoop(async (tasks, loop) => {
      const futures = Array.from({ length: 1_000 }, (_, index) => tasks.echo.submit(index))
      expect(await attach(loop, `${futures[999]?.id}`)).toBe(999)
      gather(futures).result()
    })
  })

  it('takes up the call of a caller that has crashed', async () => {
    using file = new LineFile()
    const program = new URL('./programs/submit-and-crash.js', import.meta.url)
    const child = fork(program, [redis.url, file.path])
    const [{ id }] = (await once(child, 'message')) as [{ id: string }]
    await file.waitFor('begun')
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    await withLoop(async (_, loop) => {
      expect(await attach(loop, id)).toBe(300)
    })
  })

  it('throws what the call has thrown', async () => {
    using file = new LineFile()
    await withLoop(async (tasks, loop) => {
      const future = tasks.failAtFirst.submit(file.path, 9)
      const first = outcomeOf(() => future.result())
      expect(outcomeOf(() => attach(loop, `${future.id}`).result())).toEqual(first)
    })
  })

  it('says that there is no such call, or that its result has expired', async () => {
    await withLoop(
      async (tasks, loop) => {
        expect(() => attach(loop, 'nobody').result()).toThrow(UnknownCallError)
        const first = tasks.text.submit(50_000)
        first.result()
        tasks.add.sync(1, 2)
        tasks.add.sync(1, 2)
        await expect(attach(loop, `${first.id}`)).rejects.toThrow(
          /no call has the id ".*" on the queue "ambisync", or its result has expired/,
        )
      },
      { removeOnComplete: 1 },
    )
  })

  it('is refused on a loop that keeps no calls, and for what is no id', async () => {
    const { workerThreads } = await import('@ambisync/worker-threads')
    const local = startLoop({ adapter: workerThreads() })
    expect(() => attach(local, 'x')).toThrow(/keeps no calls/)
    local.stopSync()
    await withLoop((_, loop) => {
      expect(() => attach(loop, '')).toThrow(RangeError)
      expect(() => attach(loop, 7 as never)).toThrow(TypeError)
    })
  })
})

describe('a call that is given up', () => {
  it.each<[string, 'cancel' | 'timeout']>([
    ['cancelled', 'cancel'],
    ['out of time', 'timeout'],
  ])('%s while it waits is never run', async (_, how) => {
    using file = new LineFile()
    const queue = crypto.randomUUID()
    await withLoop(
      async (tasks, loop) => {
        const given = how === 'timeout' ? tasks.leave.with({ timeout: 50 }) : tasks.leave
        const future = given.submit(file.path, 'ran')
        if (how === 'cancel') future.cancel('enough')
        const failure = outcomeOf(() => future.result()) as Error
        expect(failure.name).toBe(how === 'timeout' ? 'TimeoutError' : 'AbortError')
        // What was asked for before has been done by the time that this is known: the job is gone, or goes just now.
        const isGone = (error: unknown): boolean => error instanceof UnknownCallError || error instanceof AbortError
        await expect(attach(loop, `${future.id}`)).rejects.toSatisfy(isGone)
        const late = await ServerProcess.start({ connection: redis.url, queue })
        expect(tasks.leave.sync(file.path, 'later')).toBe('later')
        expect(file.lines).toEqual(['later'])
        await late.close()
      },
      { queue },
    )
  })

  it('aborts the signal of a task that runs, with the reason', async () => {
    using file = new LineFile()
    await withLoop(async (tasks) => {
      const future = tasks.linger.submit(file.path, 60_000)
      await file.waitFor('begun')
      future.cancel(new Error('enough'))
      expect(() => future.result()).toThrow(AbortError)
      await file.waitFor('cancelled: enough')
    })
  })

  it('out of time, too, and is not tried again', async () => {
    using file = new LineFile()
    await withLoop(
      async (tasks) => {
        // It has to begin within its time.
        tasks.add.sync(1, 2)
        const future = tasks.linger.with({ timeout: 1_000 }).submit(file.path, 60_000)
        expect(() => future.result()).toThrow(TimeoutError)
        await file.waitFor('cancelled')
        // By the server's own clock, or because the caller has said so.
        await server.waitFor((event) => event.event === 'cancelled' && event.call === future.id)
        expect(file.lines.filter((line) => line === 'begun')).toHaveLength(1)
      },
      { attempts: 3 },
    )
  })

  it.each<[string, 'cancel' | 'timeout']>([
    ['cancelled', 'cancel'],
    ['out of time', 'timeout'],
  ])('%s has no result: its id runs anew', async (_, how) => {
    using file = new LineFile()
    await withLoop(async (tasks) => {
      const linger = tasks.linger.with({ id: crypto.randomUUID() })
      // It has to begin within its time.
      tasks.add.sync(1, 2)
      const first = (how === 'timeout' ? linger.with({ timeout: 1_000 }) : linger).submit(file.path, 60_000)
      await file.waitFor('begun')
      if (how === 'cancel') first.cancel()
      expect(() => first.result()).toThrow(how === 'timeout' ? TimeoutError : AbortError)
      // At once: its server may not have heard of it yet.
      expect(linger.sync(file.path, 20)).toBe(20)
      await file.waitFor('cancelled')
      expect(linger.sync(file.path, 30)).toBe(20)
      expect(file.lines.filter((line) => line === 'begun')).toHaveLength(2)
    })
  })

  it('on another loop leaves the call of the same id to who wants it: it runs anew', async () => {
    using file = new LineFile()
    await withLoop(async (tasks) => {
      await withLoop(async (others) => {
        const id = crypto.randomUUID()
        const first = tasks.linger.with({ id }).submit(file.path, 60_000)
        await file.waitFor('begun')
        const second = others.linger.with({ id }).submit(file.path, 20)
        first.cancel()
        expect(await second).toBe(20)
      })
    })
  })

  it('waits no more, and its id can be asked for again at once, again and again', async () => {
    const queue = crypto.randomUUID()
    await withLoop(
      async (tasks) => {
        const ids = Array.from({ length: 25 }, () => crypto.randomUUID())
        const again = ids.map((id) => {
          const add = tasks.add.with({ id })
          expect(() => add.with({ timeout: 20 }).sync(1, 2)).toThrow(TimeoutError)
          return add.submit(2, 3)
        })
        const late = await ServerProcess.start({ connection: redis.url, queue })
        expect(gather(again).result()).toEqual(ids.map(() => 5))
        await late.close()
      },
      { queue },
    )
  })

  it('does not take the call from another who asks for the same id', async () => {
    using file = new LineFile()
    await withLoop(async (tasks) => {
      const linger = tasks.linger.with({ id: crypto.randomUUID() })
      const [first, second] = [linger.submit(file.path, 300), linger.submit(file.path, 300)]
      await file.waitFor('begun')
      first.cancel()
      expect(second.result()).toBe(300)
    })
  })

  it('takes a loop that never yields with it, and not the server', async () => {
    await withLoop((tasks) => {
      expect(() => tasks.spin.with({ timeout: 300 }).sync()).toThrow(TimeoutError)
      expect(tasks.add.sync(1, 2)).toBe(3)
    })
  })

  it('tells a task how long it has', async () => {
    await withLoop((tasks) => {
      expect(tasks.remaining.sync()).toBe(Number.POSITIVE_INFINITY)
      const left = tasks.remaining.with({ timeout: 60_000 }).sync()
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThanOrEqual(60_001)
    })
  })
})

describe('the end of the caller', () => {
  it.each(['end', 'exit', 'cancel'] as const)(
    'what was submitted is in the queue, and what was cancelled is out of it: %s',
    async (how) => {
      using file = new LineFile()
      const program = new URL('./programs/submit-and-end.js', import.meta.url)
      const child = fork(program, [redis.url, file.path, how])
      const [{ ids }] = (await once(child, 'message')) as [{ ids: string[] }]
      if (child.exitCode === null) await once(child, 'exit')
      await withLoop(async (_, loop) => {
        if (how === 'cancel') {
          const isGone = (error: unknown): boolean => error instanceof UnknownCallError || error instanceof AbortError
          for (const id of ids) await expect(attach(loop, id)).rejects.toSatisfy(isGone)
        } else {
          expect(await Promise.all(ids.map((id) => attach(loop, id)))).toEqual(ids.map((_, index) => `${index}`))
        }
      })
    },
  )
})

describe('attempts', () => {
  it('run what has thrown again, until it does not', async () => {
    using file = new LineFile()
    await withLoop((tasks) => expect(tasks.failAtFirst.sync(file.path, 2)).toBe(3), { attempts: 3, backoff: 10 })
    expect(file.lines).toEqual(['tried', 'tried', 'tried'])
  })

  it('give the last error, whole', async () => {
    using file = new LineFile()
    await withLoop(
      (tasks) => {
        expect(outcomeOf(() => tasks.failAtFirst.sync(file.path, 9))).toEqual({
          name: 'RangeError',
          message: 'try 2',
          cause: new URL('https://example.org/'),
          own: { tried: 2 },
        })
      },
      { attempts: 2, backoff: { type: 'exponential', delay: 5 } },
    )
  })
})
