import { AbortError, LoopExitError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import type { Case, Needs } from '../case.ts'
import { howOften } from '../how-often.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { loadTasks, type SuiteTasks, startTasks } from '../tasks.ts'
import { thrown } from '../thrown.ts'

const needs: Needs = { callbacks: true }

/** Starts the task, and waits until it tells that it runs, which it does by a callback. */
async function startUntilAborted({ untilAborted }: SuiteTasks): Promise<{ cancel(reason?: unknown): boolean }> {
  // Not the future itself: a promise would wait for it.
  return await new Promise((resolve) => {
    const future = untilAborted.submit(() => resolve({ cancel: (reason) => future.cancel(reason) }))
  })
}

/** Why the last call was aborted, once its task has seen it. */
async function seenReason({ abortReason }: SuiteTasks): Promise<unknown> {
  for (;;) {
    const reason = await abortReason.async()
    if (reason !== undefined) return reason
  }
}

export const cancellation: readonly Case[] = [
  {
    name: 'cancellation: a task knows its call',
    needs: {},
    async run(context) {
      const { describeCall } = startTasks(context)
      const first = await describeCall.async()
      const second = await blocking(() => describeCall.with({ timeout: 60_000 }).sync())
      assert.isAbove(second.id, first.id)
      assert.isFalse(first.aborted)
      assert.equal(first.remaining, Number.POSITIVE_INFINITY)
      assert.isAtMost(second.remaining, 60_000)
      assert.isAbove(second.remaining, 0)
    },
  },
  {
    name: "cancellation: cancel aborts the task's signal, and its reason crosses",
    needs,
    async run(context) {
      const tasks = startTasks(context)
      for (const [reason, seen] of [
        ['a string', 'a string'],
        [{ why: 'an object' }, { why: 'an object' }],
        [new RangeError('an error'), { name: 'RangeError', message: 'an error', isError: true }],
      ]) {
        const future = await startUntilAborted(tasks)
        assert.isTrue(future.cancel(reason))
        assert.deepEqual(await seenReason(tasks), seen)
      }
      const future = await startUntilAborted(tasks)
      future.cancel()
      assert.propertyVal(await seenReason(tasks), 'name', 'AbortError')
    },
  },
  ...inEachMode("cancellation: a time limit aborts the task's signal", needs, async (context, mode) => {
    const tasks = startTasks(context)
    tasks.count.sync()
    const error = await thrownBy(tasks.untilAborted.with({ timeout: 30 }), mode, () => {})
    assert.instanceOf(error, TimeoutError)
    assert.propertyVal(await seenReason(tasks), 'name', 'TimeoutError')
  }),
  ...inEachMode('cancellation: work that never yields sees it by throwIfCancelled', needs, async (context, mode) => {
    const tasks = startTasks(context)
    tasks.count.sync()
    assert.instanceOf(await thrownBy(tasks.spinUntilCancelled.with({ timeout: 30 }), mode), TimeoutError)
    assert.propertyVal(await seenReason(tasks), 'name', 'TimeoutError')
    assert.equal(await blocking(() => tasks.count.sync()), 2, 'the loop was not killed for it')
  }),
  ...inEachMode(
    'cancellation: a loop that is stuck for good is killed after its grace, and the next call works',
    { kill: true, resident: true },
    async (context, mode) => {
      // Long enough for the call behind it to be sent before it is over.
      const { spin, echo, never } = loadTasks(context.startLoop({ grace: 1_000 }))
      assert.equal(echo.sync('is running'), 'is running')
      const other = never.submit()
      // Long enough for it to have begun, however busy the machine is.
      assert.instanceOf(await thrownBy(spin.with({ timeout: 300 }), mode), TimeoutError)
      // Sent to the loop that is stuck: it waits for the kill, and fails with it.
      assert.instanceOf(await thrownBy(echo, mode, 'behind it'), LoopExitError)
      assert.equal(await call(echo, mode, 'next'), 'next')
      const error = await blocking(() => thrown(() => other.result()))
      assert.instanceOf(error, LoopExitError)
      assert.match(String((error.cause as Error).message), /grace of 1000 ms/)
    },
  ),
  {
    name: 'cancellation: a done callback that blocks on a loop that is stuck finds it told of the cancellation',
    needs: { kill: true, resident: true },
    async run(context) {
      const { spin, echo } = loadTasks(context.startLoop({ grace: 1_000 }))
      echo.sync('is running')
      const seen: unknown[] = []
      for (const give of [(future: { cancel(): boolean }) => future.cancel(), () => {}]) {
        const future = spin.with({ timeout: 100 }).submit()
        future.addDoneCallback(() => seen.push(thrown(() => echo.sync('behind it'))))
        give(future)
        while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
        assert.instanceOf(seen.pop(), LoopExitError)
        assert.equal(await blocking(() => echo.sync('next')), 'next')
      }
    },
  },
  ...inEachMode(
    'cancellation: a signal that is aborted already fails the call before anything is sent',
    {},
    async (context, mode) => {
      const { count } = startTasks(context)
      const error = await thrownBy(count.with({ signal: AbortSignal.abort('beforehand') }), mode)
      assert.instanceOf(error, AbortError)
      assert.equal(error.cause, 'beforehand')
      assert.equal(await blocking(() => count.sync()), 1)
    },
  ),
  {
    name: 'cancellation: a loop that acknowledged in time is not killed because its caller was busy',
    needs: { kill: true, resident: true },
    async run(context) {
      const { later, count } = loadTasks(context.startLoop({ grace: 200 }))
      count.sync()
      await new Promise((resolve) => setTimeout(resolve, 0))
      later.submit(60_000).cancel()
      // Not a wait that looks at channels: this thread is busy.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
      await new Promise((resolve) => setTimeout(resolve, 0))
      assert.equal(await count.async(), 2)
    },
  },
  {
    name: "cancellation: the caller's signal cancels a call under way",
    needs,
    async run(context) {
      const { later, echo } = startTasks(context)
      const controller = new AbortController()
      const promise = later.with({ signal: controller.signal }).async(60_000)
      await echo.async('is running')
      controller.abort(new Error('no longer needed'))
      const error = await promise.catch((reason: unknown) => reason)
      assert.instanceOf(error, AbortError)
      assert.propertyVal(error.cause, 'message', 'no longer needed')
    },
  },
  {
    name: 'cancellation: what is no AbortSignal is refused by name',
    needs: {},
    async run(context) {
      const { echo } = startTasks(context)
      const error = thrown(() => echo.with({ signal: new AbortController() as never }))
      assert.instanceOf(error, TypeError)
      assert.match(error.message, /signal/)
    },
  },
  {
    name: 'cancellation: the late reply of a cancelled call never reaches another, 10,000 times',
    needs: {},
    async run(context) {
      const { echo } = startTasks(context)
      for (let id = 0; id < howOften(10_000, context); id++) {
        const cancelled = echo.submit(`cancelled ${id}`)
        const next = echo.submit(id)
        // At every stage of its way: not sent yet, under way, answered.
        if (id % 3 === 1) echo.sync('between')
        const wasPending = cancelled.cancel()
        assert.equal(cancelled.cancelled(), wasPending)
        assert.equal(next.result(), id)
      }
    },
  },
  {
    name: 'cancellation: nor the one that comes after it, when it was on its way or here unread, 3,000 times',
    needs: {},
    async run(context) {
      const { echo } = startTasks(context)
      echo.sync('is running')
      for (let id = 0; id < howOften(3_000, context); id++) {
        const cancelled = echo.submit(`cancelled ${id}`)
        // Busy for up to 0.3 ms, so that the reply is met at every stage of its way.
        const end = performance.now() + (id % 31) / 100
        while (performance.now() < end);
        assert.isTrue(cancelled.cancel())
        const next = echo.submit(id)
        assert.equal(echo.sync('behind it'), 'behind it')
        assert.equal(next.result(), id)
      }
    },
  },
]
