import {
  AbortError,
  DeadlockError,
  type Future,
  gather,
  LoopExitError,
  LoopStoppedError,
  QueueFullError,
  startPool,
  TimeoutError,
} from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, ownRealm } from '../case.ts'
import { howOften } from '../how-often.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { randomNumbers } from '../random-numbers.ts'
import { loadTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

const states = (futures: readonly Future<unknown>[]): string[] => futures.map((future) => future.state)

export const pools: readonly Case[] = [
  ...inEachMode('pools: are called like a loop', {}, async (context, mode) => {
    const pool = context.startPool({ name: 'a pool', size: 2 })
    assert.equal(pool.name, 'a pool')
    assert.equal(pool.size, 2)
    assert.strictEqual(pool.adapter, context.adapter)
    assert.equal(pool.state, 'running')
    const { echo, throwLater } = loadTasks(pool)
    for (let value = 0; value < 5; value++) assert.equal(await call(echo, mode, value), value)
    assert.instanceOf(await thrownBy(throwLater, mode, 'rangeError'), RangeError)
    await pool.stop()
    assert.equal(pool.state, 'stopped')
    assert.instanceOf(await thrownBy(echo, mode, 1), LoopStoppedError)
    assert.instanceOf(
      thrown(() => pool.restart()),
      LoopStoppedError,
    )
  }),
  {
    name: 'pools: have as many members as the machine has cores by default, and at least one',
    needs: {},
    async run(context) {
      // A browser has a `navigator` in its place.
      const os = globalThis.process?.getBuiltinModule?.('node:os')
      const cores = os?.availableParallelism() ?? Reflect.get(globalThis, 'navigator').hardwareConcurrency
      const pool = startPool({ adapter: context.adapter })
      try {
        assert.equal(pool.size, Math.max(1, cores))
        assert.equal(await blocking(() => loadTasks(pool).echo.sync(1)), 1)
      } finally {
        await pool.stop()
      }
    },
  },
  {
    name: 'pools: a call goes to the least busy member, and each has one at a time',
    needs: { ...ownRealm, resident: true },
    async run(context) {
      const { countAfter, runTogether } = loadTasks(context.startPool({ size: 2 }))
      // Variables are the member's own: each of the two counts for itself.
      assert.deepEqual(gather([countAfter.submit(30), countAfter.submit(30)]).result(), [1, 1])
      assert.deepEqual(await Promise.all([countAfter.async(5), countAfter.async(5)]), [2, 2])
      const most = await Promise.all(Array.from({ length: 8 }, () => runTogether.async(5)))
      assert.deepEqual(new Set(most), new Set([1]))
    },
  },
  {
    name: 'pools: concurrency is how many calls a member has at the same time',
    needs: { resident: true },
    async run(context) {
      const { runTogether } = loadTasks(context.startPool({ size: 1, concurrency: 3 }))
      const some = gather(Array.from({ length: 9 }, () => runTogether.submit(10))).result()
      assert.equal(Math.max(...some), 3)
      const all = loadTasks(context.startPool({ size: 1, concurrency: Number.POSITIVE_INFINITY }))
      assert.equal(Math.max(...gather(Array.from({ length: 9 }, () => all.runTogether.submit(20))).result()), 9)
    },
  },
  ...(['async', 'submit'] as const).map(
    (mode): Case => ({
      name: `pools: calls wait for a member in the order in which they came (${mode})`,
      needs: { resident: true },
      async run(context) {
        const { countAfter } = loadTasks(context.startPool({ size: 1 }))
        const delays = [10, 0, 5, 1, 0, 3]
        const counted =
          mode === 'async'
            ? await Promise.all(delays.map((ms) => countAfter.async(ms)))
            : await blocking(() => gather(delays.map((ms) => countAfter.submit(ms))).result())
        assert.deepEqual(counted, [1, 2, 3, 4, 5, 6])
      },
    }),
  ),
  ...inEachMode('pools: past its bound the queue is full, at once, and later calls work', {}, async (context, mode) => {
    for (const maxQueue of [0, 2]) {
      const { later, echo } = loadTasks(context.startPool({ size: 1, maxQueue }))
      const taken = Array.from({ length: 1 + maxQueue }, (_, index) => later.submit(20, index))
      const error = await thrownBy(echo, mode, 'too much')
      assert.instanceOf(error, QueueFullError)
      assert.equal(error.code, 'ERR_AMBISYNC_QUEUE_FULL')
      assert.match(error.message, new RegExp(`echo.*the pool "pool-\\d+".*has ${maxQueue} waiting.*maxQueue`))
      assert.deepEqual(
        await blocking(() => gather(taken).result()),
        taken.map((_, index) => index),
      )
      assert.equal(await call(echo, mode, 'next'), 'next')
    }
  }),
  {
    name: 'pools: a call that waits can be cancelled, and is never made then',
    needs: {},
    async run(context) {
      const { later, count } = loadTasks(context.startPool({ size: 1 }))
      const first = later.submit(40, 'first')
      const controller = new AbortController()
      const waiting = [
        count.submit(),
        count.with({ signal: controller.signal }).submit(),
        count.with({ timeout: 10 }).submit(),
        count.submit(),
      ] as const
      const awaited = rejection(waiting[0])
      assert.isTrue(waiting[0].cancel('changed my mind'))
      assert.isFalse(waiting[0].cancel())
      controller.abort('stop it')
      assert.deepEqual(states(waiting), ['cancelled', 'cancelled', 'pending', 'pending'])
      assert.propertyVal(await awaited, 'cause', 'changed my mind')
      assert.instanceOf(await blocking(() => thrown(() => waiting[2].result())), TimeoutError)
      assert.equal(first.state, 'pending', 'it expired while it waited')
      assert.equal(await blocking(() => waiting[3].result()), 1)
      const signal = await blocking(() => thrown(() => waiting[1].result()))
      assert.instanceOf(signal, AbortError)
      assert.equal(signal.cause, 'stop it')
    },
  },
  ...(['sync', 'async', 'submit'] as const).map(
    (mode): Case => ({
      name: `pools: what a call has waited is gone from its time (${mode})`,
      needs: {},
      async run(context) {
        const { later, describeCall, never, echo } = loadTasks(context.startPool({ size: 1 }))
        const first = later.submit(50, 'first')
        const described = await call(describeCall.with({ timeout: 60_000 }), mode)
        // The clocks of two threads may differ by a little.
        assert.isBelow((described as { remaining: number }).remaining, 60_000 - 40)
        await blocking(() => first.result())
        void later.submit(30, 'second')
        assert.instanceOf(await thrownBy(never.with({ timeout: 50 }), mode), TimeoutError)
        assert.equal(await blocking(() => echo.sync('next')), 'next')
      },
    }),
  ),
  {
    name: 'pools: the wait for a call that waits may have a limit of its own',
    needs: {},
    async run(context) {
      const { later, echo } = loadTasks(context.startPool({ size: 1 }))
      later.submit(60)
      const waiting = echo.submit('in the end')
      assert.instanceOf(
        thrown(() => waiting.result({ timeout: 5 })),
        TimeoutError,
      )
      assert.equal(waiting.result(), 'in the end')
    },
  },
  {
    name: 'pools: a stop waits for the calls that wait',
    needs: {},
    async run(context) {
      for (const stop of ['stop', 'stopSync'] as const) {
        const pool = context.startPool({ size: 2 })
        const { later } = loadTasks(pool)
        const futures = Array.from({ length: 7 }, (_, index) => later.submit(10, index))
        const stopped = stop === 'stop' ? pool.stop() : blocking(() => pool.stopSync())
        if (stop === 'stop') assert.equal(pool.state, 'stopping')
        await stopped
        assert.equal(pool.state, 'stopped')
        assert.isTrue(futures.every((future) => future.done()))
        assert.deepEqual(await blocking(() => gather(futures).result()), [0, 1, 2, 3, 4, 5, 6])
      }
    },
  },
  {
    name: 'pools: a stop with a timeout fails the calls that wait, too',
    needs: { kill: true },
    async run(context) {
      for (const stop of ['stop', 'stopSync'] as const) {
        const pool = context.startPool({ size: 2 })
        const { never, echo } = loadTasks(pool)
        const futures = [never.submit(), never.submit(), echo.submit(1), echo.submit(2)]
        const error =
          stop === 'stop'
            ? await rejection(pool.stop({ timeout: 20 }))
            : await blocking(() => thrown(() => pool.stopSync({ timeout: 20 })))
        assert.instanceOf(error, TimeoutError)
        assert.match(error.message, /4 calls/)
        assert.equal(pool.state, 'stopped')
        for (const future of futures) {
          assert.instanceOf(await blocking(() => thrown(() => future.result())), LoopStoppedError)
        }
      }
    },
  },
  {
    name: 'pools: the end of a `using` cancels what runs and what waits',
    needs: {},
    async run(context) {
      const pool = context.startPool({ size: 2 })
      const { never } = loadTasks(pool)
      const futures = Array.from({ length: 5 }, () => never.submit())
      pool[Symbol.dispose]()
      assert.isTrue(futures.every((future) => future.cancelled()))
      pool.stopSync()
      assert.equal(pool.state, 'stopped')
    },
  },
  {
    name: 'pools: stopping one that was never used, twice',
    needs: {},
    async run(context) {
      const pool = context.startPool({ size: 3 })
      await Promise.all([pool.stop(), pool.stop()])
      await blocking(() => pool.stopSync())
      await blocking(() => context.startPool({ size: 3 }).stopSync())
    },
  },
  ...[1, 2].map(
    (size): Case => ({
      name: `pools: the death of a member fails its own calls only (size: ${size})`,
      needs: { survives: ['exit'] },
      async run(context) {
        const { dieLater, later } = loadTasks(context.startPool({ size }))
        const dying = dieLater.submit('exit 3', 5)
        const others = Array.from({ length: 6 }, (_, index) => later.submit(5, index))
        assert.deepEqual(gather(others).result(), [0, 1, 2, 3, 4, 5])
        assert.instanceOf(
          thrown(() => dying.result()),
          LoopExitError,
        )
        assert.deepEqual(await Promise.all([later.async(1, 'a'), later.async(1, 'b'), later.async(1, 'c')]), [
          'a',
          'b',
          'c',
        ])
      },
    }),
  ),
  {
    name: "pools: with restart: 'never' the others go on, and calls fail once all are dead",
    needs: { survives: ['exit'], resident: true },
    async run(context) {
      const pool = context.startPool({ size: 2, restart: 'never' })
      const { dieLater, later, echo } = loadTasks(pool)
      const dying = dieLater.submit('exit 3')
      const others = Array.from({ length: 4 }, (_, index) => later.submit(5, index))
      assert.deepEqual(gather(others).result(), [0, 1, 2, 3])
      assert.instanceOf(
        thrown(() => dying.result()),
        LoopExitError,
      )
      assert.equal(echo.sync('one is left'), 'one is left')
      const last = dieLater.submit('exit 3', 10)
      const waiting = echo.submit('nobody is left')
      for (const future of [last, waiting]) {
        assert.instanceOf(
          thrown(() => future.result()),
          LoopExitError,
        )
      }
      assert.instanceOf(
        thrown(() => echo.sync(1)),
        LoopExitError,
      )
      pool.restart()
      assert.equal(echo.sync('all anew'), 'all anew')
    },
  },
  ...inEachMode(
    'pools: a call that waits behind work that never yields runs once that was killed',
    { kill: true },
    async (context, mode) => {
      const { spin, echo } = loadTasks(context.startPool({ size: 1, grace: 30 }))
      assert.equal(echo.sync('is running'), 'is running')
      const stuck = spin.submit()
      const waiting = echo.submit('waited')
      stuck.cancel()
      assert.equal(await call(echo, mode, 'later'), 'later')
      assert.equal(await blocking(() => waiting.result()), 'waited')
    },
  ),
  ...inEachMode(
    'pools: restart has calls run on fresh members, those that wait too',
    { ...ownRealm, resident: true },
    async (context, mode) => {
      const pool = context.startPool({ size: 1 })
      const { count, countAfter } = loadTasks(pool)
      assert.equal(await call(count, mode), 1)
      const running = countAfter.submit(30)
      const waiting = count.submit()
      pool.restart()
      assert.equal(await blocking(() => waiting.result()), 1)
      assert.equal(await call(count, mode), 2)
      assert.equal(await blocking(() => running.result()), 2)
      await pool.stop()
    },
  ),
  {
    name: 'pools: callbacks may call the pool as deep as there are members, and not deeper',
    needs: { ...ownRealm, callbacks: true },
    async run(context) {
      const { mapSync, echo } = loadTasks(context.startPool({ size: 2 }))
      const inside = (): unknown => mapSync.sync([1], () => 'inside')
      assert.deepEqual(mapSync.sync([1], inside), [['inside']])
      let deepest: unknown
      mapSync.sync([1], () =>
        mapSync.sync([1], () => {
          deepest = thrown(() => echo.sync('never runs'))
        }),
      )
      assert.instanceOf(deepest, DeadlockError)
      assert.match(deepest.message, /every member of the pool "pool-\d+".*args\[1\] of mapSync.*waiting for echo/)
      assert.equal(echo.sync('next'), 'next')
    },
  },
  {
    name: 'pools: a callback that its task awaits may call the pool, although every place is taken',
    needs: { callbacks: true },
    async run(context) {
      const { mapAsync, echo } = loadTasks(context.startPool({ size: 1 }))
      const waiting = echo.submit('before it')
      assert.deepEqual(
        mapAsync.sync([1, 2], (value) => mapAsync.sync([value], () => echo.sync('inside'))),
        [['inside'], ['inside']],
      )
      assert.equal(waiting.result(), 'before it')
    },
  },
  {
    name: 'pools: there is no deadlock while one member can come to an end of its calls',
    needs: { callbacks: true },
    async run(context) {
      const { mapSync, mapAsync, later, echo } = loadTasks(context.startPool({ size: 2 }))
      const busy = later.submit(30, 'busy')
      const before = [later.submit(5, 'before')]
      const seen = mapSync.submit([1, 2], () => echo.sync('from the callback'))
      assert.deepEqual(seen.result(), ['from the callback', 'from the callback'])
      assert.equal(busy.result(), 'busy')
      assert.deepEqual(gather(before).result(), ['before'])
      // Not blocked for its callback: nothing is in the way of its end.
      const one = loadTasks(context.startPool({ size: 1, concurrency: 2 }))
      assert.deepEqual(
        one.mapAsync.sync([1], () => one.echo.sync('same member')),
        ['same member'],
      )
      assert.deepEqual(await mapAsync.async([1], async () => await echo.async('awaited')), ['awaited'])
    },
  },
  {
    name: 'pools: a member that is blocked for a callback takes no calls, and takes those that waited afterwards',
    needs: { ...ownRealm, callbacks: true },
    async run(context) {
      const { mapSync, echo } = loadTasks(context.startPool({ size: 1, concurrency: 2 }))
      let waiting: Future<unknown> | undefined
      mapSync.sync([1], () => {
        assert.instanceOf(
          thrown(() => echo.sync('never runs')),
          DeadlockError,
        )
        waiting = echo.submit('afterwards')
      })
      assert.equal(waiting?.result(), 'afterwards')
    },
  },
  {
    name: 'pools: a stream keeps its member until its end',
    needs: { streams: true },
    async run(context) {
      const pool = context.startPool({ size: 1 })
      const { countTo, echo, endless } = loadTasks(pool)
      const stream = countTo.with({ readAhead: 0 }).sync(3)
      assert.equal(stream.next().value, 1)
      const waiting = echo.submit('after the stream')
      const error = thrown(() => waiting.result())
      assert.instanceOf(error, DeadlockError)
      assert.match(error.message, /echo waits for the pool "pool-\d+".*stream/)
      assert.deepEqual([...stream], [2, 3])
      assert.equal(waiting.result(), 'after the stream')
      for await (const value of endless.async()) {
        const later = echo.submit('after the break')
        if (value === undefined) continue
        later.addDoneCallback(() => {})
        break
      }
      assert.equal(await echo.async('next'), 'next')
      // It runs ahead to its end by itself, whoever takes what it gave.
      const ahead = await blocking(() => countTo.sync(3))
      assert.equal(await blocking(() => ahead.next().value), 1)
      assert.equal(await blocking(() => echo.sync('meanwhile')), 'meanwhile')
      assert.deepEqual(await blocking(() => [...ahead]), [2, 3])
      const forgotten = await blocking(() => endless.sync())
      await blocking(() => forgotten.next())
      assert.instanceOf(
        await blocking(() => thrown(() => echo.sync('it stands still when it has run ahead as far as it may'))),
        DeadlockError,
      )
      await blocking(() => forgotten.return())
      assert.equal(await blocking(() => echo.sync('last')), 'last')
      // One that has to wait itself.
      const { later } = loadTasks(pool)
      later.submit(10)
      assert.deepEqual(await blocking(() => [...countTo.sync(3)]), [1, 2, 3])
      later.submit(10)
      const seen: number[] = []
      for await (const value of countTo.async(3)) seen.push(value)
      assert.deepEqual(seen, [1, 2, 3])
      later.submit(10)
      const limited = await blocking(() => endless.with({ timeout: 60 }).sync())
      const expired = await blocking(() =>
        thrown(() => {
          for (const _ of limited);
        }),
      )
      assert.instanceOf(expired, TimeoutError)
      assert.match(expired.message, /within 60 ms/)
    },
  },
  {
    name: 'pools: arguments that run code of the caller do not confuse the queue',
    needs: ownRealm,
    async run(context) {
      const pool = context.startPool({ size: 1 })
      const { later, echo, count } = loadTasks(pool)
      const started: Future<unknown>[] = []
      // Looked at when the call begins.
      const submitting = {
        get value() {
          started.push(echo.submit('from a getter'))
          return 1
        },
      }
      const self: { future?: Future<unknown> } = {}
      const cancelling = {
        get value() {
          self.future?.cancel('by itself')
          return 2
        },
      }
      const first = later.submit(5)
      const futures = [echo.submit(submitting), echo.submit('between')]
      self.future = echo.submit(cancelling)
      futures.push(count.submit())
      first.result()
      assert.deepEqual(gather(futures).result(), [{ value: 1 }, 'between', 1])
      assert.isTrue(self.future.cancelled())
      assert.isAbove(started.length, 0)
      assert.isTrue(
        gather(started)
          .result()
          .every((value) => value === 'from a getter'),
      )
      let blocked: unknown
      const blocking = {
        get value() {
          blocked = thrown(() => count.sync())
          return 4
        },
      }
      assert.deepEqual(echo.sync(blocking), { value: 4 })
      assert.instanceOf(blocked, DeadlockError)
      const stopping = later.submit(5)
      let stopped: Promise<void> | undefined
      const last = echo.submit({
        get value() {
          stopped ??= pool.stop()
          return 3
        },
      })
      assert.equal(stopping.result(), undefined)
      assert.deepEqual(last.result(), { value: 3 })
      await stopped
      assert.equal(pool.state, 'stopped')
    },
  },
  {
    name: 'pools: random calls, cancellations and limits all come to an end',
    needs: {},
    async run(context) {
      const random = randomNumbers(7)
      const pool = context.startPool({ size: 2, concurrency: 2 })
      const { later, echo, throwLater } = loadTasks(pool)
      const starters: (() => Future<unknown>)[] = [
        () => echo.submit('echo'),
        () => later.submit(random(4), 'later'),
        () => throwLater.submit('error'),
        () => later.with({ timeout: random(6) }).submit(3, 'limited'),
        () => echo.submit(Symbol('refused')),
      ]
      const futures: Future<unknown>[] = []
      for (let round = 0; round < howOften(300, context, 40); round++) {
        const future = starters[random(starters.length)]?.()
        if (future === undefined) throw new Error('there is such a starter')
        futures.push(future)
        const act = random(8)
        if (act === 0) futures[random(futures.length)]?.cancel()
        if (act === 1) await blocking(() => futures[random(futures.length)]?.outcome())
        if (act === 2) await null
      }
      await pool.stop()
      assert.isTrue(futures.every((future) => future.done()))
      assert.deepEqual(new Set(states(futures)), new Set(['fulfilled', 'rejected', 'cancelled']))
    },
  },
  {
    name: 'pools: wrong options are named',
    needs: {},
    async run(context) {
      const wrong: readonly (readonly [object, ErrorConstructor, RegExp])[] = [
        [{ size: 0 }, RangeError, /size must be a whole number from 1 up, not 0/],
        [{ size: 1.5 }, RangeError, /size/],
        [{ size: Number.POSITIVE_INFINITY }, RangeError, /size/],
        [{ size: '2' }, TypeError, /size must be a whole number, not a string/],
        [{ concurrency: 0 }, RangeError, /concurrency/],
        [{ concurrency: Number.NaN }, RangeError, /concurrency/],
        [{ maxQueue: -1 }, RangeError, /maxQueue must be a whole number from 0 up, not -1/],
        [{ restart: 'always' }, TypeError, /restart/],
        [{ sizes: 2 }, TypeError, /"sizes" is not an option of startPool.*maxQueue/],
      ]
      for (const [options, kind, message] of wrong) {
        const error = thrown(() => context.startPool(options))
        assert.instanceOf(error, kind)
        assert.match((error as Error).message, message)
      }
    },
  },
]
