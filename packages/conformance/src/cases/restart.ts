import { DeadlockError, LoopExitError, LoopStoppedError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, ownRealm } from '../case.ts'
import { call, inEachMode } from '../modes.ts'
import { loadTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

export const restart: readonly Case[] = [
  ...inEachMode(
    'restart: the next call runs on a fresh loop, twice in a row',
    { ...ownRealm, resident: true },
    async (context, mode) => {
      const loop = context.startLoop()
      const { count } = loadTasks(loop)
      assert.equal(await call(count, mode), 1)
      assert.equal(await call(count, mode), 2)
      loop.restart()
      assert.equal(loop.state, 'running')
      assert.equal(await call(count, mode), 1)
      loop.restart()
      loop.restart()
      assert.equal(await call(count, mode), 1)
      assert.equal(await call(count, mode), 2)
    },
  ),
  ...inEachMode(
    'restart: calls under way end on the old loop',
    { ...ownRealm, resident: true },
    async (context, mode) => {
      const loop = context.startLoop()
      const { count, countAfter } = loadTasks(loop)
      assert.equal(await call(count, mode), 1)
      const before = [countAfter.submit(50), countAfter.submit(20)]
      loop.restart()
      assert.equal(await call(count, mode), 1)
      assert.deepEqual(await blocking(() => before.map((future) => future.result())), [3, 2])
      assert.equal(await call(count, mode), 2)
    },
  ),
  {
    name: 'restart: of a loop that nothing ran on, or that has died',
    needs: { survives: ['exit'] },
    async run(context) {
      const loop = context.startLoop()
      loop.restart()
      const { echo, count, dieLater } = loadTasks(loop)
      assert.equal(echo.sync(1), 1)
      assert.instanceOf(
        thrown(() => dieLater.sync('exit 3')),
        LoopExitError,
      )
      loop.restart()
      assert.equal(count.sync(), 1)
    },
  },
  {
    name: "restart: starts a loop that died and has restart: 'never'",
    needs: { survives: ['exit'], resident: true },
    async run(context) {
      const loop = context.startLoop({ restart: 'never' })
      const { count, dieLater } = loadTasks(loop)
      assert.equal(count.sync(), 1)
      dieLater.submit('exit 3').outcome()
      assert.instanceOf(
        thrown(() => count.sync()),
        LoopExitError,
      )
      loop.restart()
      assert.equal(count.sync(), 1)
      assert.equal(count.sync(), 2)
    },
  },
  {
    name: 'restart: after a stop, and during one, it is LoopStoppedError',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      loadTasks(loop).later.submit(20)
      const stopped = loop.stop()
      assert.instanceOf(
        thrown(() => loop.restart()),
        LoopStoppedError,
      )
      await stopped
      assert.instanceOf(
        thrown(() => loop.restart()),
        LoopStoppedError,
      )
    },
  },
  ...(['stop', 'stopSync'] as const).flatMap((stop): Case[] => [
    {
      name: `restart: ${stop} also waits for what is under way on the loops before`,
      needs: {},
      async run(context) {
        const loop = context.startLoop()
        const { later, echo } = loadTasks(loop)
        const oldest = later.submit(60, 'oldest')
        loop.restart()
        const old = later.submit(30, 'old')
        loop.restart()
        assert.equal(echo.sync('new'), 'new')
        await loop[stop]()
        assert.equal(loop.state, 'stopped')
        assert.deepEqual([oldest.done(), old.done()], [true, true])
        assert.deepEqual([await blocking(() => oldest.result()), await blocking(() => old.result())], ['oldest', 'old'])
      },
    },
    {
      name: `restart: ${stop} with a timeout gives up on what takes too long on the loops before`,
      needs: { kill: true },
      async run(context) {
        const loop = context.startLoop()
        const { never, echo } = loadTasks(loop)
        const old = never.submit()
        loop.restart()
        echo.sync('new')
        const error =
          stop === 'stop'
            ? await rejection(loop.stop({ timeout: 20 }))
            : await blocking(() => thrown(() => loop.stopSync({ timeout: 20 })))
        assert.instanceOf(error, TimeoutError)
        assert.equal(loop.state, 'stopped')
        assert.instanceOf(await blocking(() => thrown(() => old.result())), LoopStoppedError)
      },
    },
    {
      name: `restart: a loop before that is stuck in code that never yields is killed after its grace, and ${stop} waits`,
      needs: { kill: true },
      async run(context) {
        const loop = context.startLoop({ grace: 50 })
        const { spin, echo } = loadTasks(loop)
        echo.sync('is running')
        const stuck = spin.submit()
        loop.restart()
        assert.equal(echo.sync('new'), 'new')
        stuck.cancel()
        await loop[stop]()
        assert.equal(loop.state, 'stopped')
      },
    },
  ]),
  {
    name: 'restart: the end of a `using` cancels what is under way on the loops before',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      const { never } = loadTasks(loop)
      const futures = [never.submit()]
      loop.restart()
      futures.push(never.submit())
      loop[Symbol.dispose]()
      assert.deepEqual(
        futures.map((future) => future.state),
        ['cancelled', 'cancelled'],
      )
      loop.stopSync()
      assert.equal(loop.state, 'stopped')
    },
  },
  {
    name: 'restart: in a callback that the old loop is blocked for, calls of the new one are served',
    needs: { ...ownRealm, callbacks: true },
    async run(context) {
      const loop = context.startLoop()
      const { mapSync, count } = loadTasks(loop)
      assert.equal(count.sync(), 1)
      const results = mapSync.sync([1, 2], () => {
        loop.restart()
        return count.sync()
      })
      assert.deepEqual(results, [1, 1])
      loop.stopSync()
    },
  },
  {
    name: 'restart: while the arguments of a call are looked at, which then ends on the old loop',
    needs: ownRealm,
    async run(context) {
      const loop = context.startLoop()
      const { echo, count } = loadTasks(loop)
      assert.equal(count.sync(), 1)
      const restarting = {
        get value() {
          loop.restart()
          return 'old'
        },
      }
      assert.deepEqual(echo.sync(restarting), { value: 'old' })
      assert.equal(count.sync(), 1)
      const stopping = {
        get value() {
          void loop.stop()
          return 'last'
        },
      }
      assert.deepEqual(echo.sync(stopping), { value: 'last' })
      const other = context.startLoop()
      let stuck: unknown
      const blocking = {
        get value() {
          stuck = thrown(() => other.stopSync())
          return 'last as well'
        },
      }
      assert.deepEqual(loadTasks(other).echo.sync(blocking), { value: 'last as well' })
      assert.instanceOf(stuck, DeadlockError)
      await other.stop()
      await loop.stop()
    },
  },
  {
    name: 'restart: a stream that is open goes on to its end; a stop does not wait for it',
    needs: { streams: true },
    async run(context) {
      const loop = context.startLoop()
      const { countTo, endless, echo } = loadTasks(loop)
      const seen: unknown[] = []
      for (const value of countTo.with({ readAhead: 0 }).sync(5)) {
        seen.push(value)
        if (value === 2) loop.restart()
        if (value === 3) assert.equal(echo.sync('new'), 'new')
      }
      assert.deepEqual(seen, [1, 2, 3, 4, 5])
      const open = endless.with({ readAhead: 0 }).sync()
      open.next()
      loop.restart()
      loop.stopSync()
      assert.equal(loop.state, 'stopped')
      assert.instanceOf(
        thrown(() => open.next()),
        LoopStoppedError,
      )
    },
  },
]
