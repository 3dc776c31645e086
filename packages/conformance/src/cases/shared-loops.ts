import { AbortError, LoopStoppedError, shareLoop } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, ownRealm } from '../case.ts'
import { call, inEachMode } from '../modes.ts'
import { loadTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

export const sharedLoops: readonly Case[] = [
  ...inEachMode(
    'shared loops: the first lease starts it, the last one stops it',
    { ...ownRealm, resident: true },
    async (context, mode) => {
      const shared = shareLoop({ adapter: context.adapter, name: 'shared' })
      const first = shared.lease()
      const second = shared.lease()
      const { loop } = first
      try {
        assert.strictEqual(second.loop, loop)
        assert.equal(loop.name, 'shared')
        assert.equal(await call(loadTasks(loop).count, mode), 1)
        first[Symbol.dispose]()
        assert.equal(loop.state, 'running')
        assert.equal(await call(loadTasks(second.loop).count, mode), 2)
      } finally {
        first[Symbol.dispose]()
        await second[Symbol.asyncDispose]()
      }
      assert.equal(loop.state, 'stopped')
      const later = shared.lease()
      try {
        assert.notStrictEqual(later.loop, loop)
        assert.equal(await call(loadTasks(later.loop).count, mode), 1)
      } finally {
        await later[Symbol.asyncDispose]()
      }
    },
  ),
  {
    name: 'shared loops: nothing is started before the first lease',
    needs: {},
    async run(context) {
      let started = 0
      const shared = shareLoop(() => {
        started++
        return context.startLoop()
      })
      assert.equal(started, 0)
      const leases = [shared.lease(), shared.lease(), shared.lease()]
      assert.equal(started, 1)
      for (const lease of leases) await lease[Symbol.asyncDispose]()
      await shared.lease()[Symbol.asyncDispose]()
      assert.equal(started, 2)
    },
  },
  {
    name: 'shared loops: the disposal of the last lease cancels what is under way, an asynchronous one waits for it',
    needs: {},
    async run(context) {
      const shared = shareLoop(() => context.startLoop())
      const first = shared.lease()
      const second = shared.lease()
      const { never } = loadTasks(first.loop)
      const pending = never.submit()
      const awaited = rejection(never.async())
      first[Symbol.dispose]()
      assert.equal(pending.state, 'pending')
      second[Symbol.dispose]()
      assert.equal(pending.state, 'cancelled')
      assert.instanceOf(await awaited, AbortError)
      const third = shared.lease()
      const fourth = shared.lease()
      const { loop } = third
      const later = loadTasks(loop).later.submit(50, 'finished')
      await third[Symbol.asyncDispose]()
      assert.equal(loop.state, 'running')
      await fourth[Symbol.asyncDispose]()
      assert.equal(loop.state, 'stopped')
      assert.isTrue(later.done())
      assert.equal(await blocking(() => later.result()), 'finished')
    },
  },
  {
    name: 'shared loops: disposing of a lease again does nothing, in either way',
    needs: {},
    async run(context) {
      const shared = shareLoop(() => context.startLoop())
      const first = shared.lease()
      const second = shared.lease()
      first[Symbol.dispose]()
      first[Symbol.dispose]()
      await first[Symbol.asyncDispose]()
      const { loop } = second
      assert.equal(loop.state, 'running')
      assert.equal(await blocking(() => loadTasks(loop).echo.sync('still there')), 'still there')
      const pending = loadTasks(loop).later.submit(30, 'drained')
      const both = [second[Symbol.asyncDispose](), second[Symbol.asyncDispose]()]
      second[Symbol.dispose]()
      await Promise.all(both)
      assert.equal(loop.state, 'stopped')
      assert.equal(await blocking(() => pending.result()), 'drained')
    },
  },
  {
    name: 'shared loops: the loop of a lease that was disposed of is LoopStoppedError; what was loaded goes on',
    needs: {},
    async run(context) {
      const shared = shareLoop(() => context.startLoop())
      const first = shared.lease()
      const second = shared.lease()
      const { echo } = loadTasks(first.loop)
      first[Symbol.dispose]()
      const error = thrown(() => first.loop)
      assert.instanceOf(error, LoopStoppedError)
      assert.match(error.message, /lease.*disposed of/)
      assert.equal(echo.sync('while others hold it'), 'while others hold it')
      await second[Symbol.asyncDispose]()
      assert.instanceOf(await blocking(() => thrown(() => echo.sync('too late'))), LoopStoppedError)
    },
  },
  {
    name: 'shared loops: a lease that is taken while the loop stops, or after somebody stopped it, starts another',
    needs: {},
    async run(context) {
      const shared = shareLoop(() => context.startLoop())
      const first = shared.lease()
      const old = first.loop
      const pending = loadTasks(old).later.submit(30, 'old')
      const ending = first[Symbol.asyncDispose]()
      assert.equal(old.state, 'stopping')
      const second = shared.lease()
      assert.notStrictEqual(second.loop, old)
      assert.equal(loadTasks(second.loop).echo.sync('new'), 'new')
      await ending
      assert.equal(await blocking(() => pending.result()), 'old')
      await blocking(() => second.loop.stopSync())
      const third = shared.lease()
      second[Symbol.dispose]()
      assert.equal(third.loop.state, 'running')
      assert.equal(await blocking(() => loadTasks(third.loop).echo.sync('third')), 'third')
      await third[Symbol.asyncDispose]()
    },
  },
  {
    name: 'shared loops: one that cannot be started is not counted, and wrong options are named',
    needs: {},
    async run(context) {
      let attempts = 0
      const shared = shareLoop(() => {
        if (++attempts === 1) throw new RangeError('not yet')
        return context.startLoop()
      })
      assert.instanceOf(
        thrown(() => shared.lease()),
        RangeError,
      )
      const lease = shared.lease()
      const { loop } = lease
      await lease[Symbol.asyncDispose]()
      assert.equal(loop.state, 'stopped')
      const wrong: readonly (readonly [unknown, RegExp])[] = [
        [undefined, /options of shareLoop must be an object/],
        [{ adapter: {} }, /adapter/],
        [{ adapter: context.adapter, graze: 1 }, /"graze" is not an option of shareLoop/],
      ]
      for (const [options, message] of wrong) {
        const error = thrown(() => shareLoop(options as never))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, message)
      }
      assert.match((thrown(() => shareLoop(() => 7 as never).lease()) as Error).message, /returned a number/)
    },
  },
]
