import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DeadlockError, dual, gather } from '@ambisync/core'
import type { Callback } from '@ambisync/core/task'
import { assert } from 'chai'
import { blocking } from '../../blocking.ts'
import { type Case, callersRealm as needs } from '../../case.ts'
import { call, inEachMode, thrownBy } from '../../modes.ts'
import { fixtureUrls, loadTasks, startTasks } from '../../tasks.ts'
import { thrown } from '../../thrown.ts'

class Account {
  #balance = 0
  deposit(amount: number): number {
    this.#balance += amount
    return this.#balance
  }
}

/** What would be copied, refused or lost on its way to another realm. */
function liveValues(): Readonly<Record<string, unknown>> {
  const { proxy } = Proxy.revocable({ a: 1 }, {})
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  return {
    instance: new Account(),
    'object with functions deep in it': { deep: { save() {} } },
    'list of functions': [() => 1],
    map: new Map([[Symbol('key'), new WeakMap()]]),
    promise: { inside: Promise.resolve(1) },
    proxy,
    cycle: cyclic,
    symbol: Symbol('s'),
    bytes: Buffer.from('bytes'),
    expression: Object.assign(/a/g, { lastIndex: 1 }),
    signal: new AbortController().signal,
    error: Object.assign(new RangeError('as a value'), { retry: () => {} }),
  }
}

/** Where the realm of the tasks is their caller's: what the cases about copies are for the others. */
export const callersRealm: readonly Case[] = [
  ...inEachMode("caller's realm: arguments and results are the very ones", needs, async (context, mode) => {
    const { echo, all } = startTasks(context)
    for (const [name, value] of Object.entries(liveValues())) {
      assert.strictEqual(await call(echo, mode, value), value, name)
      const list = (await call(all, mode, 1, value)) as unknown[]
      assert.strictEqual(list[1], value, name)
    }
  }),
  ...inEachMode("caller's realm: what is thrown is the very one, however often", needs, async (context, mode) => {
    const { throwValue, echo } = startTasks(context)
    const frozen = Object.freeze(new RangeError('frozen'))
    const getter = Object.defineProperty(new Error('odd'), 'stack', {
      get(): never {
        throw new Error('from the getter')
      },
    })
    for (const value of [...Object.values(liveValues()), frozen, getter, undefined, null]) {
      for (const time of [1, 2]) assert.strictEqual(await thrownBy(throwValue, mode, value), value, `${time}`)
    }
    const error = new Error('again and again')
    await thrownBy(throwValue, mode, error)
    const { stack } = error
    await thrownBy(throwValue, mode, error)
    assert.strictEqual(error.stack, stack, 'it has the frames of one call')
    assert.equal(await call(echo, mode, 'next'), 'next')
  }),
  ...inEachMode("caller's realm: an inline function is the very one", needs, async (context, mode) => {
    const loop = context.startLoop()
    let counted = 0
    const count = loop.inline(async (by: number) => {
      counted += by
      return counted
    })
    assert.equal(await call(count, mode, 2), 2)
    counted = 10
    assert.equal(await call(count, mode, 1), 11)
    const account = new Account()
    assert.equal(await call(loop.inline(account.deposit.bind(account)), mode, 5), 5)
    assert.equal(account.deposit(1), 6)
    assert.equal(await call(loop.inline(Math.max), mode, 1, 3, 2), 3)
    const error = new TypeError('of the closure')
    const failing = loop.inline(() => {
      throw error
    })
    assert.strictEqual(await thrownBy(failing, mode), error)
  }),
  ...inEachMode(
    "caller's realm: an inline function may use an open server and its sockets",
    needs,
    async (context, mode) => {
      const requests: string[] = []
      const server = createServer((request, response) => {
        requests.push(String(request.url))
        response.end('answered here')
      })
      const loop = context.startLoop()
      const listen = loop.inline(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
      try {
        await call(listen, mode)
        const { port } = server.address() as AddressInfo
        const ask = loop.inline(async (path: string) => await (await fetch(`http://127.0.0.1:${port}${path}`)).text())
        assert.equal(await call(ask, mode, '/first'), 'answered here')
        assert.deepEqual(requests, ['/first'])
      } finally {
        server.closeAllConnections()
        await call(
          loop.inline(() => new Promise((resolve) => server.close(resolve))),
          mode,
        )
      }
    },
  ),
  {
    name: "caller's realm: what is no function is no inline function",
    needs,
    async run(context) {
      for (const wrong of [1, null, {}, 'f']) {
        assert.instanceOf(
          thrown(() => context.startLoop().inline(wrong as never)),
          TypeError,
        )
      }
    },
  },
  ...inEachMode(
    "caller's realm: a function that is an argument, or stands directly in one, is a callback; no other is",
    needs,
    async (context, mode) => {
      const loop = context.startLoop()
      const f = (): string => 'called'
      const isCallback = loop.inline(async (given: unknown) => given !== f && 'sync' in Object(given))
      assert.equal(await call(isCallback, mode, f), true)
      const inObject = loop.inline(async (given: { f: unknown }) => [given, given.f])
      const holder = { f, other: new Account() }
      const [copy, callback] = (await call(inObject, mode, holder)) as [typeof holder, unknown]
      assert.notStrictEqual(copy, holder)
      assert.strictEqual(copy.other, holder.other)
      assert.notStrictEqual(callback, f)
      assert.strictEqual(holder.f, f, "the caller's object is not changed")
      const deeper = loop.inline(async (given: [unknown], at: { deep: { f: unknown } }) => [given[0], at.deep.f])
      assert.deepEqual(await call(deeper, mode, [f], { deep: { f } }), [f, f])
    },
  ),
  ...(['mapAsync', 'mapSync'] as const).flatMap((map) =>
    inEachMode(
      `caller's realm: callbacks are given the very values, may return promises, and block, by ${map}`,
      needs,
      async (context, mode) => {
        const tasks = startTasks(context)
        const values = Object.values(liveValues())
        const seen: unknown[] = []
        const slowly = async (value: unknown): Promise<unknown> => {
          await new Promise((resolve) => setTimeout(resolve, 1))
          seen.push(value)
          return value
        }
        const result = (await call(tasks[map], mode, values, slowly)) as unknown[]
        assert.isTrue(values.every((value, index) => seen[index] === value && result[index] === value))
        const error = new RangeError('of the callback')
        const fail = async (): Promise<never> => {
          throw error
        }
        assert.strictEqual(await thrownBy(tasks[map], mode, [1], fail), error)
        const nested = await call(tasks[map], mode, [1], () => tasks.later.sync(1, 'same loop'))
        assert.deepEqual(nested, ['same loop'])
      },
    ),
  ),
  {
    name: "caller's realm: items, and what a generator is sent, are the very ones",
    needs,
    async run(context) {
      const given = { deep: { f: () => 1 } }
      const echoing = context.startLoop().inline(async function* (
        first: unknown,
      ): AsyncGenerator<unknown, unknown, unknown> {
        let heard: unknown = first
        try {
          for (;;) heard = yield heard
        } catch (error) {
          return error
        }
      })
      const stream = echoing.with({ readAhead: 0 }).sync(given)
      assert.strictEqual(stream.next().value, given)
      const f = (): number => 2
      assert.strictEqual(stream.next(f).value, f)
      const error = Object.freeze(new RangeError('into it'))
      const last = stream.throw(error)
      assert.strictEqual(last.value, error)
      const { value } = echoing.sync(given).next()
      assert.strictEqual(value, given, 'with read-ahead, too')
    },
  },
  ...inEachMode("caller's realm: the context has the very values", needs, async (context, mode) => {
    const storage = new AsyncLocalStorage<unknown>()
    const { callContext } = loadTasks(context.startLoop({ context: { storage } }))
    for (const value of Object.values(liveValues())) {
      const seen = (await storage.run(value, () => call(callContext, mode))) as { storage: unknown }
      assert.strictEqual(seen.storage, value)
    }
  }),
  ...inEachMode("caller's realm: a task runs in the asynchronous context of its call", needs, async (context, mode) => {
    const storage = new AsyncLocalStorage<number>()
    const look = context.startLoop().inline(async () => {
      const before = storage.getStore()
      await new Promise((resolve) => setTimeout(resolve, 1))
      return [before, storage.getStore()]
    })
    const calls = [1, 2, 3].map((id) => storage.run(id, () => call(look, mode)))
    assert.deepEqual(await Promise.all(calls), [
      [1, 1],
      [2, 2],
      [3, 3],
    ])
  }),
  {
    name: "caller's realm: its event loop goes on while it is blocked: timers, done callbacks, and other calls",
    needs,
    async run(context) {
      const { later, echo } = startTasks(context)
      const seen: unknown[] = []
      setTimeout(() => seen.push('timer'), 1)
      setImmediate(() => seen.push('immediate'))
      echo.submit('x').addDoneCallback((future) => seen.push(`done ${future.result()}`))
      void echo.async('y').then((value) => seen.push(`promise ${value}`))
      later.sync(30)
      assert.sameMembers(seen, ['timer', 'immediate', 'done x', 'promise y'])
    },
  },
  {
    name: "caller's realm: a done callback may block, and whoever awaits the same future goes on meanwhile",
    needs,
    async run(context) {
      const { echo, later } = startTasks(context)
      const future = later.submit(1, 'x')
      const seen: unknown[] = []
      const answered = new Promise<void>((resolve) => {
        future.addDoneCallback(() => {
          seen.push(later.sync(5, 'from the callback'))
          resolve()
        })
      })
      await future
      seen.push('awaited')
      await answered
      assert.deepEqual(seen, ['awaited', 'from the callback'])
      assert.equal(await echo.async('next'), 'next')
    },
  },
  {
    name: "caller's realm: the loop may be waited for in a callback that a task is blocked for, to any depth",
    needs,
    async run(context) {
      const first = startTasks(context)
      const second = startTasks(context)
      const before = first.later.submit(5, 'before')
      const inner = first.mapSync.sync([1], () => {
        assert.equal(before.result(), 'before')
        return second.mapSync.sync([1], () => first.mapSync.sync([1], () => first.later.sync(1, 'bottom')))
      })
      assert.deepEqual(inner, [[[['bottom']].flat()].map((each) => each)].flat(0))
    },
  },
  {
    name: "caller's realm: but not the very call that it is blocked for, nor its end",
    needs,
    async run(context) {
      const loop = context.startLoop()
      const { mapSync, echo } = loadTasks(loop)
      const future: { current?: ReturnType<typeof mapSync.submit> } = {}
      const inside: unknown[] = []
      future.current = mapSync.submit([1], () => {
        inside.push(thrown(() => future.current?.result()))
        inside.push(thrown(() => loop.stopSync()))
        return 'went on'
      })
      assert.deepEqual(future.current.result(), ['went on'])
      for (const error of inside) assert.instanceOf(error, DeadlockError)
      assert.match(String(inside[0]), /args\[1\] of mapSync/)
      assert.propertyVal(
        thrown(() => echo.sync(1)),
        'code',
        'ERR_AMBISYNC_LOOP_STOPPED',
      )
    },
  },
  {
    name: "caller's realm: nested waits return innermost first",
    needs,
    async run(context) {
      const { later } = startTasks(context)
      const order: string[] = []
      const wait = (name: string, ms: number): void => {
        later.sync(ms)
        order.push(name)
      }
      // Each begins inside the one before it, and is over later than that would be by itself.
      setTimeout(() => wait('second', 30), 1)
      setTimeout(() => wait('third', 50), 10)
      wait('first', 20)
      assert.deepEqual(order, ['third', 'second', 'first'])
    },
  },
  ...inEachMode(
    "caller's realm: blocking in a promise job is refused before the task begins",
    needs,
    async (context, mode) => {
      const loop = context.startLoop()
      let runs = 0
      const count = loop.inline(() => ++runs)
      await null
      if (mode === 'async') {
        assert.equal(await count.async(), 1)
        return
      }
      const future = count.submit()
      const error = thrown(() => (mode === 'sync' ? count.sync() : future.result()))
      assert.instanceOf(error, DeadlockError)
      assert.match(error.message, /promise job.*await it/)
      // What was submitted goes on; what nobody else could have had never begins.
      assert.equal(await future, 1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      assert.equal(runs, 1)
      assert.equal(await blocking(() => count.sync()), 2)
    },
  ),
  {
    name: "caller's realm: a step of a stream that is refused in a promise job takes nothing away",
    needs,
    async run(context) {
      const { countTo } = startTasks(context)
      for (const readAhead of [0, 1, 256]) {
        const stream = await blocking(() => countTo.with({ readAhead }).sync(3))
        assert.instanceOf(
          thrown(() => stream.next()),
          DeadlockError,
        )
        assert.deepEqual(await blocking(() => [...stream]), [1, 2, 3])
      }
    },
  },
  {
    name: "caller's realm: what only its own event loop can settle is no deadlock beside what a loop settles",
    needs,
    async run(context) {
      const { later } = startTasks(context)
      const remote = later.submit(20, 'remote')
      const local = dual({ sync: () => 'local', async: async () => 'local' }).submit()
      assert.deepEqual(gather([local, remote]).result(), ['local', 'remote'])
    },
  },
  {
    name: "caller's realm: a module has one instance for all loops, their restarts, and the caller",
    needs,
    async run(context) {
      const url = new URL(fixtureUrls['other-tasks'])
      url.searchParams.set('instance', 'shared')
      const own = await import(url.href)
      const loops = [context.startLoop(), context.startLoop()]
      const find = (exports: unknown): unknown => exports
      for (const loop of loops) {
        const load = loop.inline(async () => find(await import(url.href)))
        assert.strictEqual(await load.async(), own)
        loop.restart()
        assert.strictEqual(await load.async(), own)
      }
    },
  },
  {
    name: "caller's realm: callbacks may call a pool deeper than it has members",
    needs,
    async run(context) {
      const { mapSync, echo } = loadTasks(context.startPool({ size: 1 }))
      const inside = (depth: number): unknown =>
        depth === 0 ? echo.sync('bottom') : mapSync.sync([depth], () => inside(depth - 1)).at(0)
      assert.equal(inside(5), 'bottom')
    },
  },
  {
    name: "caller's realm: a loop that is killed aborts what is under way, and drops what comes of it",
    needs,
    async run(context) {
      const loop = context.startLoop()
      const reasons: unknown[] = []
      const wait = loop.inline(
        (f: Callback<() => void>) =>
          new Promise((resolve) => {
            void f().then(resolve, (reason) => {
              reasons.push(reason)
              resolve('too late')
            })
          }),
      )
      const future = wait.submit(() => new Promise<void>(() => {}))
      await startTasks(context).later.async(5)
      await loop.stop({ timeout: 1 }).then(
        () => assert.fail('there was a call under way'),
        (error) => assert.propertyVal(error, 'code', 'ERR_AMBISYNC_TIMEOUT'),
      )
      assert.propertyVal(future.outcome(), 'status', 'rejected')
      assert.lengthOf(reasons, 1)
    },
  },
]
