import { AbortError, DeadlockError, dual, gather as gatherFutures, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { type Case, ownRealm } from '../case.ts'
import { howOften } from '../how-often.ts'
import { startTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

export const gather: readonly Case[] = [
  {
    name: 'gather: results in the order of the inputs, blocking and awaiting',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const start = () => gatherFutures([later.submit(40, 'a'), later.submit(5, 'b'), later.submit(20, 'c')])
      assert.deepEqual(start().result(), ['a', 'b', 'c'])
      assert.deepEqual(await start(), ['a', 'b', 'c'])
    },
  },
  {
    name: 'gather: nothing to wait for',
    needs: {},
    async run() {
      assert.deepEqual(gatherFutures([]).result(), [])
      assert.deepEqual(await gatherFutures([]), [])
    },
  },
  {
    name: 'gather: futures run in parallel',
    needs: { resident: true },
    async run(context) {
      const { runTogether } = startTasks(context)
      const most = gatherFutures([1, 2, 3, 4].map(() => runTogether.submit(50))).result()
      assert.equal(Math.max(...most), 4)
    },
  },
  {
    name: 'gather: futures of several loops',
    needs: {},
    async run(context) {
      const first = startTasks(context)
      const second = startTasks(context)
      const futures = [first.later.submit(20, 1), second.later.submit(10, 2), first.echo.submit(3)]
      assert.deepEqual(gatherFutures(futures).result(), [1, 2, 3])
    },
  },
  {
    name: 'gather: one future twice, and one that is done already',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const slow = later.submit(10, 'slow')
      const done = later.submit(0, 'done')
      done.result()
      assert.deepEqual(gatherFutures([slow, done, slow]).result(), ['slow', 'done', 'slow'])
    },
  },
  {
    name: 'gather: of gathers',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const pair = (value: number) => gatherFutures([later.submit(5, value), later.submit(1, value + 1)])
      assert.deepEqual(gatherFutures([pair(1), pair(3)]).result(), [
        [1, 2],
        [3, 4],
      ])
    },
  },
  {
    name: 'gather: the first failure rejects at once, and the others run on',
    needs: {},
    async run(context) {
      const { later, rejectLater } = startTasks(context)
      // Far enough from each other for calls that each start a process, too.
      const slow = later.submit(1_500, 'slow')
      const all = gatherFutures([slow, rejectLater.submit(10, 'first'), rejectLater.submit(1_000, 'second')])
      const error = thrown(() => all.result())
      assert.instanceOf(error, Error)
      assert.equal(error.message, 'first')
      assert.equal(slow.state, 'pending')
      assert.equal(slow.result(), 'slow')
    },
  },
  {
    name: 'gather: cancelOnError cancels the others, and the first failure is the one that is told',
    needs: {},
    async run(context) {
      const { later, rejectLater } = startTasks(context)
      const slow = later.submit(10_000)
      const all = gatherFutures([slow, rejectLater.submit(10, 'first')], { cancelOnError: true })
      const error = thrown(() => all.result())
      assert.instanceOf(error, Error)
      assert.equal(error.message, 'first')
      assert.isTrue(slow.cancelled())
    },
  },
  {
    name: 'gather: returnExceptions tells every outcome',
    needs: {},
    async run(context) {
      const { echo, throwLater } = startTasks(context)
      const futures = [echo.submit(1), throwLater.submit('typeError'), throwLater.submit('undefined')] as const
      const [first, second, third] = gatherFutures(futures, { returnExceptions: true }).result()
      assert.deepEqual(first, { status: 'fulfilled', value: 1 })
      assert.equal(second.status, 'rejected')
      assert.instanceOf(second.status === 'rejected' && second.reason, TypeError)
      assert.deepEqual(third, { status: 'rejected', reason: undefined })
    },
  },
  {
    name: 'gather: limit bounds how many run together, blocking and awaiting',
    needs: { resident: true },
    async run(context) {
      const { runTogether } = startTasks(context)
      const starters = Array.from({ length: 9 }, () => () => runTogether.submit(10))
      assert.equal(Math.max(...gatherFutures(starters, { limit: 3 }).result()), 3)
      assert.equal(Math.max(...(await gatherFutures(starters, { limit: 2 }))), 3, 'the most so far')
    },
  },
  {
    name: 'gather: with limit, nothing is started after a failure',
    needs: {},
    async run(context) {
      const { rejectLater, later } = startTasks(context)
      let started = 0
      const starters = [10, 2_000, 2_000, 2_000].map((ms) => () => {
        started++
        return ms === 10 ? rejectLater.submit(ms, 'first') : later.submit(ms)
      })
      assert.instanceOf(
        thrown(() =>
          gatherFutures<readonly (() => ReturnType<typeof later.submit>)[]>(starters, { limit: 2 }).result(),
        ),
        Error,
      )
      later.sync(60)
      assert.equal(started, 2)
    },
  },
  {
    name: 'gather: with limit, returnExceptions and cancelOnError, every entry is told',
    needs: {},
    async run(context) {
      const { rejectLater, later } = startTasks(context)
      const starters = [() => rejectLater.submit(5, 'first'), () => later.submit(10_000), () => later.submit(1)]
      const options = { limit: 2, returnExceptions: true, cancelOnError: true } as const
      const outcomes = gatherFutures<readonly (() => ReturnType<typeof later.submit>)[]>(starters, options).result()
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['rejected', 'rejected', 'rejected'],
      )
      assert.instanceOf((outcomes[1] as PromiseRejectedResult).reason, AbortError)
      assert.instanceOf((outcomes[2] as PromiseRejectedResult).reason, AbortError)
    },
  },
  {
    name: 'gather: with limit, a place that became free during another call is used by the wait that follows',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const all = gatherFutures([() => later.submit(5, 'a'), () => later.submit(5, 'b')], { limit: 1 })
      later.sync(100)
      assert.deepEqual(all.result(), ['a', 'b'])
    },
  },
  {
    name: 'gather: with limit, starters that block neither nest nor exceed it',
    needs: {},
    async run(context) {
      const { runTogether, echo } = startTasks(context)
      let depth = 0
      let deepest = 0
      const starters = Array.from({ length: howOften(500, context) }, (_, index) => () => {
        deepest = Math.max(deepest, ++depth)
        assert.equal(echo.sync(index), index)
        depth--
        return runTogether.submit(0)
      })
      const most = gatherFutures(starters, { limit: 2 }).result()
      assert.equal(deepest, 1)
      assert.isAtMost(Math.max(...most), 2)
    },
  },
  {
    name: 'gather: with limit, 10,000 that are never started are told',
    needs: {},
    async run(context) {
      const { throwNow, echo } = startTasks(context)
      const starters = [() => throwNow.submit('error'), ...Array.from({ length: 10_000 }, () => () => echo.submit(1))]
      const options = { limit: 1, cancelOnError: true, returnExceptions: true } as const
      const outcomes = gatherFutures<readonly (() => ReturnType<typeof echo.submit>)[]>(starters, options).result()
      assert.lengthOf(outcomes, 10_001)
      assert.instanceOf((outcomes[10_000] as PromiseRejectedResult).reason, AbortError)
    },
  },
  {
    name: 'gather: a starter may wait for an answer that has come already',
    needs: {},
    async run(context) {
      const { later, echo } = startTasks(context)
      const token = later.submit(20, 'token')
      const starters = [() => later.submit(20, 'part'), () => echo.submit(token.result())]
      assert.deepEqual(gatherFutures(starters, { limit: 1 }).result(), ['part', 'token'])
    },
  },
  {
    name: 'gather: a function that throws, or returns no future, is a failure of its entry',
    needs: {},
    async run(context) {
      const { echo } = startTasks(context)
      const starters = [
        () => echo.submit(1),
        () => {
          throw new RangeError('cannot start')
        },
        () => 'no future' as unknown as ReturnType<typeof echo.submit>,
      ]
      const outcomes = gatherFutures(starters, { limit: 1, returnExceptions: true }).result()
      assert.deepEqual(outcomes[0], { status: 'fulfilled', value: 1 })
      assert.instanceOf((outcomes[1] as PromiseRejectedResult).reason, RangeError)
      assert.instanceOf((outcomes[2] as PromiseRejectedResult).reason, TypeError)
    },
  },
  {
    name: 'gather: timeout rejects the whole and cancels what is pending, blocking and awaiting',
    needs: {},
    async run(context) {
      const { later, echo } = startTasks(context)
      const slow = [later.submit(10_000), later.submit(10_000)]
      assert.instanceOf(
        thrown(() => gatherFutures([echo.submit(1), ...slow], { timeout: 30 }).result()),
        TimeoutError,
      )
      assert.isTrue(slow.every((future) => future.cancelled()))
      const other = later.submit(10_000)
      assert.instanceOf(await rejection(gatherFutures([other], { timeout: 30 })), TimeoutError)
      assert.isTrue(other.cancelled())
    },
  },
  {
    name: 'gather: cancelling the whole cancels its parts',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const parts = [later.submit(10_000), later.submit(10_000)]
      const all = gatherFutures(parts)
      assert.isTrue(all.cancel('enough'))
      assert.isTrue(parts.every((future) => future.cancelled()))
      assert.instanceOf(
        thrown(() => all.result()),
        AbortError,
      )
    },
  },
  {
    name: 'gather: done callbacks of its parts run at the end of a blocking wait for the whole',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const seen: string[] = []
      const part = later.submit(5, 'part')
      const all = gatherFutures([part, later.submit(500)])
      part.addDoneCallback(() => seen.push('part'))
      all.addDoneCallback(() => seen.push('whole'))
      all.result()
      assert.deepEqual(seen, ['part', 'whole'])
    },
  },
  {
    name: 'gather: a part that only this thread can settle is a deadlock once nothing else is left',
    needs: ownRealm,
    async run(context) {
      const { later } = startTasks(context)
      const remote = later.submit(20, 'remote')
      const local = dual({ sync: () => 'local', async: async () => 'local' }).submit()
      assert.instanceOf(
        thrown(() => gatherFutures([local, remote]).result()),
        DeadlockError,
      )
      assert.deepEqual(await gatherFutures([local, remote]), ['local', 'remote'])
    },
  },
  {
    name: 'gather: wrong inputs and options are named',
    needs: {},
    async run(context) {
      const { echo } = startTasks(context)
      const wrong: readonly (readonly [() => unknown, ErrorConstructor | TypeErrorConstructor, RegExp])[] = [
        [() => gatherFutures([echo.submit(1), 7] as never), TypeError, /input 1/],
        [() => gatherFutures([() => echo.submit(1)] as never), TypeError, /limit/],
        [() => gatherFutures([echo.submit(1)] as never, { limit: 2 }), TypeError, /input 0/],
        [() => gatherFutures([], { limit: 0 }), RangeError, /limit/],
        [() => gatherFutures([], { limit: 1.5 }), RangeError, /limit/],
        [() => gatherFutures([], { timeout: -1 }), RangeError, /timeout/],
        [() => gatherFutures([], { timeout: Number.NaN }), RangeError, /timeout/],
        [() => gatherFutures([], { returnException: true } as never), TypeError, /returnException"/],
        [() => gatherFutures('abc' as never), TypeError, /array/],
      ]
      for (const [run, kind, message] of wrong) {
        const error = thrown(run)
        assert.instanceOf(error, kind)
        assert.match((error as Error).message, message)
      }
      assert.equal(echo.sync('next'), 'next')
    },
  },
]
