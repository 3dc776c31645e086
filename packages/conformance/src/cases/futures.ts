import { AbortError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, ownRealm } from '../case.ts'
import { startTasks } from '../tasks.ts'
import { thrown } from '../thrown.ts'
import { blockUntilSettled } from '../until-settled.ts'

export const futures: readonly Case[] = [
  {
    name: 'futures: a call is under way before anybody waits for it',
    needs: { resident: true },
    async run(context) {
      const { count } = startTasks(context)
      const first = count.submit()
      const second = count.submit()
      assert.equal(second.result(), 2)
      assert.equal(first.result(), 1)
    },
  },
  {
    name: 'futures: state goes from pending to fulfilled',
    needs: {},
    async run(context) {
      const future = startTasks(context).later.submit(20, 'x')
      assert.equal(future.state, 'pending')
      assert.isFalse(future.done())
      assert.equal(future.result(), 'x')
      assert.equal(future.state, 'fulfilled')
      assert.isTrue(future.done())
      assert.isFalse(future.cancelled())
    },
  },
  {
    name: 'futures: a result can be had many times, blocking and awaiting',
    needs: {},
    async run(context) {
      const future = startTasks(context).echo.submit({ a: 1 })
      const first = future.result()
      assert.strictEqual(future.result(), first)
      assert.strictEqual(await future, first)
      assert.deepEqual(await blocking(() => future.outcome()), { status: 'fulfilled', value: first })
    },
  },
  {
    name: 'futures: an error can be had many times, and is the same one',
    needs: {},
    async run(context) {
      const future = startTasks(context).throwLater.submit('typeError')
      const error = thrown(() => future.result())
      assert.instanceOf(error, TypeError)
      assert.equal(future.state, 'rejected')
      assert.strictEqual(
        thrown(() => future.result()),
        error,
      )
      assert.deepEqual(future.outcome(), { status: 'rejected', reason: error })
      const caught = await future.then(
        () => undefined,
        (reason: unknown) => reason,
      )
      assert.strictEqual(caught, error)
    },
  },
  {
    name: 'futures: result with a timeout throws TimeoutError, and the call goes on',
    needs: {},
    async run(context) {
      const future = startTasks(context).later.submit(500, 'in the end')
      const error = thrown(() => future.result(10))
      assert.instanceOf(error, TimeoutError)
      assert.equal(error.code, 'ERR_AMBISYNC_TIMEOUT')
      assert.equal(future.state, 'pending')
      assert.instanceOf(
        thrown(() => future.outcome({ timeout: 10 })),
        TimeoutError,
      )
      assert.equal(future.result({ timeout: 10_000 }), 'in the end')
    },
  },
  {
    name: 'futures: result(0) does not wait, and sees a result that is there',
    needs: {},
    async run(context) {
      const { later, echo } = startTasks(context)
      const slow = later.submit(10_000)
      assert.instanceOf(
        thrown(() => slow.result(0)),
        TimeoutError,
      )
      const quick = echo.submit('quick')
      blockUntilSettled(quick, context, () => echo.sync(1))
      assert.equal(quick.result(0), 'quick')
    },
  },
  {
    name: 'futures: cancel settles at once, and a later answer is dropped',
    needs: {},
    async run(context) {
      const { later, echo } = startTasks(context)
      const future = later.submit(20, 'too late')
      const reason = new Error('changed my mind')
      assert.isTrue(future.cancel(reason))
      assert.isTrue(future.cancelled())
      assert.equal(future.state, 'cancelled')
      const error = thrown(() => future.result())
      assert.instanceOf(error, AbortError)
      assert.equal(error.name, 'AbortError')
      assert.strictEqual(error.cause, reason)
      assert.isFalse(future.cancel())
      assert.equal(later.sync(50, 'next'), 'next')
      assert.equal(echo.sync('and next'), 'and next')
      assert.isTrue(future.cancelled())
    },
  },
  {
    name: 'futures: cancel returns false once there is an outcome',
    needs: {},
    async run(context) {
      const future = startTasks(context).echo.submit(1)
      future.result()
      assert.isFalse(future.cancel())
      assert.equal(future.result(), 1)
    },
  },
  {
    name: 'futures: awaiting a cancelled one rejects with AbortError',
    needs: {},
    async run(context) {
      const future = startTasks(context).later.submit(10_000)
      const awaited = future.then(
        () => undefined,
        (error: unknown) => error,
      )
      future.cancel()
      assert.instanceOf(await awaited, AbortError)
    },
  },
  {
    name: 'futures: done callbacks run in order on the event loop, and at once afterwards',
    needs: {},
    async run(context) {
      const future = startTasks(context).later.submit(10, 'x')
      const seen: string[] = []
      future.addDoneCallback((settled) => seen.push(`first ${settled.result()}`))
      future.addDoneCallback(() => seen.push('second'))
      assert.deepEqual(seen, [])
      await future
      assert.deepEqual(seen, ['first x', 'second'])
      future.addDoneCallback(() => seen.push('at once'))
      assert.deepEqual(seen, ['first x', 'second', 'at once'])
    },
  },
  {
    name: 'futures: done callbacks run at the end of a blocking wait for that very future',
    needs: {},
    async run(context) {
      const future = startTasks(context).later.submit(10, 'x')
      const seen: string[] = []
      future.addDoneCallback(() => seen.push('done'))
      future.result()
      assert.deepEqual(seen, ['done'])
    },
  },
  {
    name: 'futures: done callbacks do not run inside an unrelated blocking call',
    needs: ownRealm,
    async run(context) {
      const { echo, later } = startTasks(context)
      const future = echo.submit('x')
      const seen: string[] = []
      future.addDoneCallback(() => seen.push('done'))
      blockUntilSettled(future, context, () => later.sync(50))
      assert.deepEqual(seen, [])
      await new Promise((resolve) => setTimeout(resolve, 0))
      assert.deepEqual(seen, ['done'])
    },
  },
  {
    name: 'futures: done callbacks of one that was settled inside another wait have run before its result is given',
    needs: {},
    async run(context) {
      const { echo, later } = startTasks(context)
      const future = echo.submit('x')
      const seen: string[] = []
      future.addDoneCallback(() => seen.push('done'))
      blockUntilSettled(future, context, () => later.sync(50))
      assert.equal(future.result(), 'x')
      assert.deepEqual(seen, ['done'])
      await new Promise((resolve) => setTimeout(resolve, 0))
      assert.deepEqual(seen, ['done'])
    },
  },
  {
    name: 'futures: a done callback that throws disturbs nobody',
    needs: {},
    async run(context) {
      const future = startTasks(context).later.submit(10, 'x')
      const seen: string[] = []
      const { error: log } = console
      console.error = (...args: unknown[]) => seen.push(`logged ${String(args[1])}`)
      try {
        future.addDoneCallback(() => {
          throw new Error('in a callback')
        })
        future.addDoneCallback(() => seen.push('next'))
        assert.equal(future.result(), 'x')
      } finally {
        console.error = log
      }
      assert.deepEqual(seen, ['logged Error: in a callback', 'next'])
    },
  },
  {
    name: 'futures: a done callback may block on another call',
    needs: ownRealm,
    async run(context) {
      const { echo, later } = startTasks(context)
      const future = later.submit(10, 'x')
      let answer: unknown
      future.addDoneCallback(() => {
        answer = echo.sync('from the callback')
      })
      await future
      assert.equal(answer, 'from the callback')
    },
  },
  {
    name: 'futures: a wait whose signal is aborted does not begin, and the call goes on',
    needs: {},
    async run(context) {
      const future = startTasks(context).later.submit(20, 'x')
      const error = thrown(() => future.result({ signal: AbortSignal.abort('not now') }))
      assert.instanceOf(error, AbortError)
      assert.equal(error.cause, 'not now')
      assert.equal(future.result(), 'x')
    },
  },
  {
    name: 'futures: a rejected one that nobody looks at disturbs nobody',
    needs: {},
    async run(context) {
      const { throwLater, echo } = startTasks(context)
      const future = throwLater.submit('error')
      while (!future.done()) await echo.async(1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      assert.equal(future.state, 'rejected')
    },
  },
]
