import { AbortError, DeadlockError, dual, gather, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import type { Case } from '../case.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { startTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

const native = dual({ sync: (value: string) => `${value} here`, async: async (value: string) => `${value} here` })

export const generatorFunctions: readonly Case[] = [
  ...inEachMode('generator functions: compose tasks of several loops', {}, async (context, mode) => {
    const first = startTasks(context)
    const second = startTasks(context)
    const doubled = dual(function* (value: number) {
      return yield* second.add(value, value)
    })
    const composed = dual(function* (value: number) {
      const later = yield* first.later(5, value)
      return [yield* doubled(Number(later)), yield* first.echo(['last'])]
    })
    assert.deepEqual(await call(composed, mode, 21), [42, ['last']])
  }),

  ...inEachMode(
    'generator functions: a gather runs its calls in parallel',
    { resident: true },
    async (context, mode) => {
      const { runTogether } = startTasks(context)
      const nested = dual(function* () {
        return yield* runTogether(50)
      })
      const most = dual(function* () {
        return yield* gather([runTogether(50), nested(), runTogether(50), gather([nested()])])
      })
      const results = (await call(most, mode)) as unknown[]
      assert.equal(Math.max(...results.flat().map(Number)), 4)
    },
  ),

  ...inEachMode('generator functions: what a task throws is thrown at its yield*', {}, async (context, mode) => {
    const { throwLater, echo } = startTasks(context)
    const recovering = dual(function* () {
      try {
        return yield* throwLater('subclass')
      } catch (error) {
        return [(error as Error).message, yield* echo('recovered')]
      }
    })
    assert.deepEqual(await call(recovering, mode), ['I am a teapot', 'recovered'])
    const failing = dual(function* theFailingOne() {
      yield* throwLater('typeError')
    })
    const error = await thrownBy(failing, mode)
    assert.instanceOf(error, TypeError)
    assert.match(error.stack ?? '', /throwLater.*theFailingOne/s)
  }),

  ...inEachMode('generator functions: a task 100,000 calls deep', {}, async (context, mode) => {
    const { echo } = startTasks(context)
    const deep = dual(function* (level: number): Generator<PromiseLike<unknown>, unknown, unknown> {
      return level === 0 ? yield* echo('bottom') : yield* deep(level - 1)
    })
    assert.equal(await call(deep, mode, 100_000), 'bottom')
  }),

  ...inEachMode('generator functions: a time limit cancels the call under way', {}, async (context, mode) => {
    const { never, echo } = startTasks(context)
    const seen: unknown[] = []
    const waiting = dual(function* waiting() {
      try {
        yield* never()
      } catch {
        seen.push('caught')
      } finally {
        seen.push('left')
      }
    })
    const error = await thrownBy(waiting.with({ timeout: 20 }), mode)
    assert.instanceOf(error, TimeoutError)
    assert.match(error.message, /^waiting did not finish within 20 ms/)
    assert.deepEqual(seen, ['left'])
    assert.equal(await blocking(() => echo.sync('next')), 'next')
  }),

  {
    name: 'generator functions: a cancelled future tells the task, and cleans up on the loop',
    needs: { callbacks: true },
    async run(context) {
      const { untilAborted, abortReason, echo } = startTasks(context)
      let cleaned = (_reason: unknown): void => {}
      const cleanup = new Promise<unknown>((resolve) => {
        cleaned = resolve
      })
      let started = (): void => {}
      const running = new Promise<void>((resolve) => {
        started = resolve
      })
      const waiting = dual(function* () {
        try {
          yield* untilAborted(() => started())
        } finally {
          // By the time that the loop has answered this, the task has seen to its signal.
          yield* echo()
          cleaned(yield* abortReason())
        }
      })
      const future = waiting.submit()
      future.addDoneCallback(() => {})
      await running
      future.cancel('no longer wanted')
      assert.instanceOf(await rejection(future), AbortError)
      assert.equal(await cleanup, 'no longer wanted')
    },
  },

  {
    name: 'generator functions: a future can be waited for by blocking, unless it needs the event loop',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const tasksOnly = dual(function* () {
        const [left, right] = yield* gather([later(10, 'left'), later(5, 'right')])
        return `${left} ${yield* later(1, 'and')} ${right}`
      })
      const withNative = dual(function* () {
        return `${yield* later(1, 'there')}, ${yield* native('and')}`
      })
      assert.equal(tasksOnly.submit().result(), 'left and right')
      assert.deepEqual(gather([tasksOnly.submit(), tasksOnly.submit()]).result(), ['left and right', 'left and right'])
      const future = withNative.submit()
      assert.instanceOf(
        thrown(() => future.result()),
        DeadlockError,
      )
      assert.equal(await future, 'there, and here')
      assert.equal(await blocking(() => withNative.sync()), 'there, and here')
    },
  },

  {
    name: 'generator functions: a call that has not begun sends nothing, and is made once',
    needs: {},
    async run(context) {
      const { count } = startTasks(context)
      count()
      const made = count()
      const asks = dual(function* () {
        return [yield* made, ...(yield* gather([made, made]))]
      })
      assert.deepEqual(asks.sync(), [1, 1, 1])
      assert.deepEqual(await asks.async(), [1, 1, 1])
      assert.equal(await made, 1)
      assert.equal(await count(), context.adapter.capabilities.resident ? 2 : 1)
    },
  },

  {
    name: 'generator functions: a stream is given as such, in both modes',
    needs: { streams: true },
    async run(context) {
      const { countTo } = startTasks(context)
      const count = dual(function* () {
        return yield* countTo(3)
      })
      assert.deepEqual([...count.sync()], [1, 2, 3])
      const values: number[] = []
      for await (const value of await count.async()) values.push(value)
      assert.deepEqual(values, [1, 2, 3])
    },
  },

  ...inEachMode('generator functions: a dual function is a callback', { callbacks: true }, async (context, mode) => {
    const { mapAsync } = startTasks(context)
    assert.deepEqual(await call(mapAsync, mode, ['x', 'y'], native), ['x here', 'y here'])
  }),
]
