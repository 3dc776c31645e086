import { AsyncInSyncError, SerializationError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, type Needs, ownRealm } from '../case.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { startTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

const needs: Needs = { callbacks: true }
function abortable(): { readonly signal: AbortSignal; abort(): void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

const maps = ['mapAsync', 'mapSync'] as const

export const callbacks: readonly Case[] = [
  ...maps.flatMap((map) =>
    inEachMode(
      `callbacks: a function in the arguments is called on the caller's thread, by ${map}`,
      needs,
      async (context, mode) => {
        const seen: unknown[] = []
        const double = (value: unknown): number => {
          seen.push(value)
          return Number(value) * 2
        }
        assert.deepEqual(await call(startTasks(context)[map], mode, [1, 2, 3], double), [2, 4, 6])
        assert.deepEqual(seen, [1, 2, 3])
      },
    ),
  ),
  ...inEachMode('callbacks: as properties of a plain object, beside other properties', needs, async (context, mode) => {
    const steps: number[] = []
    const on = { name: 'me', progress: (step: number) => void steps.push(step), add: (a: number, b: number) => a + b }
    assert.equal(await call(startTasks(context).work, mode, 3, on), 'me 3')
    assert.deepEqual(steps, [1, 2, 3])
    assert.isFunction(on.progress, "the caller's object is not changed")
  }),
  ...inEachMode('callbacks: a method is called on its object', needs, async (context, mode) => {
    const bar = {
      steps: 0,
      progress() {
        this.steps++
      },
      add: (a: number, b: number) => a + b,
      name: 'bar',
    }
    await call(startTasks(context).work, mode, 3, bar)
    assert.equal(bar.steps, 3)
  }),
  {
    name: 'callbacks: may return a promise while the caller awaits',
    needs,
    async run(context) {
      const slowly = (value: unknown) => new Promise((resolve) => setTimeout(resolve, 5, `${value}!`))
      assert.deepEqual(await startTasks(context).mapAsync.async(['a', 'b'], slowly), ['a!', 'b!'])
      assert.deepEqual(await startTasks(context).mapSync.async(['a', 'b'], slowly), ['a!', 'b!'])
    },
  },
  ...maps.map(
    (map): Case => ({
      name: `callbacks: one that returns a promise while its thread is blocked fails at once, by ${map}`,
      needs: { ...needs, ...ownRealm },
      async run(context) {
        const tasks = startTasks(context)
        const error = thrown(() => tasks[map].sync([1], (async () => 1) as never))
        assert.instanceOf(error, AsyncInSyncError)
        assert.match(error.message, /args\[1\].*promise/)
        assert.equal(tasks.echo.sync('next'), 'next')
      },
    }),
  ),
  ...[true, false].flatMap((blocking) =>
    inEachMode(
      `callbacks: what one throws crosses twice with its class (blocking: ${blocking})`,
      needs,
      async (context, mode) => {
        const fail = (): never => {
          throw Object.assign(new RangeError('from the caller', { cause: 'why' }), { code: 'E_MINE' })
        }
        const error = await thrownBy(startTasks(context).rethrow, mode, fail, blocking)
        assert.instanceOf(error, RangeError)
        assert.equal(error.message, 'from the caller')
        assert.equal(error.cause, 'why')
        assert.propertyVal(error, 'code', 'E_MINE')
        assert.propertyVal(error, 'seenAs', 'RangeError')
      },
    ),
  ),
  ...inEachMode('callbacks: what one throws may be undefined', needs, async (context, mode) => {
    const fail = (): never => {
      throw undefined
    }
    assert.strictEqual(await thrownBy(startTasks(context).rethrow, mode, fail, true), undefined)
  }),
  ...inEachMode(
    'callbacks: what cannot be cloned is refused in both directions, by its path',
    { ...needs, ...ownRealm },
    async (context, mode) => {
      const { mapAsync, mapSync, echo } = startTasks(context)
      for (const map of [mapAsync, mapSync]) {
        const error = await thrownBy(map, mode, [1], () => ({ inner: Symbol('s') }))
        assert.instanceOf(error, SerializationError)
        assert.match(error.message, /result\.inner is a symbol/)
      }
      assert.equal(await blocking(() => echo.sync('next')), 'next')
    },
  ),
  {
    name: 'callbacks: 5,000 one after another, the task blocked for each of them',
    needs,
    async run(context) {
      const values = Array.from({ length: 5_000 }, (_, index) => index)
      assert.deepEqual(
        startTasks(context).mapSync.sync(values, (value) => value),
        values,
      )
    },
  },
  {
    name: 'callbacks: of several calls on one loop at once, each call has its own',
    needs,
    async run(context) {
      const { mapAsync } = startTasks(context)
      const calls = ['a', 'b', 'c'].map((name) => mapAsync.submit([1, 2, 3], (value) => `${name}${value}`))
      assert.deepEqual(
        calls.map((future) => future.result()),
        [
          ['a1', 'a2', 'a3'],
          ['b1', 'b2', 'b3'],
          ['c1', 'c2', 'c3'],
        ],
      )
    },
  },
  {
    name: 'callbacks: of a call on another loop are served while this thread is blocked',
    needs,
    async run(context) {
      const first = startTasks(context)
      const second = startTasks(context)
      const seen: unknown[] = []
      const other = second.mapSync.submit([1, 2, 3], (value) => seen.push(value))
      while (seen.length < 3) first.later.sync(1)
      assert.deepEqual(seen, [1, 2, 3])
      assert.deepEqual(other.result(), [1, 2, 3])
    },
  },
  {
    name: 'callbacks: may make blocking calls on the same loop and on others, 100 deep',
    needs,
    async run(context) {
      const loops = [startTasks(context), startTasks(context)]
      const dive = (depth: number): unknown => {
        const tasks = loops[depth % 2] ?? startTasks(context)
        if (depth === 100) return tasks.echo.sync('bottom')
        return tasks.mapAsync.sync([depth], () => dive(depth + 1))[0]
      }
      assert.equal(dive(0), 'bottom')
    },
  },
  {
    name: 'callbacks: may cancel the very call that they are of',
    needs,
    async run(context) {
      const { mapAsync, echo } = startTasks(context)
      const controller = new AbortController()
      const stop = () => controller.abort('enough')
      const error = thrown(() => mapAsync.with({ signal: controller.signal }).sync([1, 2], stop))
      assert.propertyVal(error, 'name', 'AbortError')
      assert.propertyVal(error, 'cause', 'enough')
      assert.equal(echo.sync('next'), 'next')
    },
  },
  ...[true, false].map(
    (blocking): Case => ({
      name: `callbacks: after their call they are an error that says so (blocking: ${blocking})`,
      needs,
      async run(context) {
        const { keep, useKept } = startTasks(context)
        keep.sync(() => 'too late')
        const error = thrown(() => useKept.sync(blocking))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, /args\[0\] of keep.*ended/)
      },
    }),
  ),
  {
    name: 'callbacks: a task may go on without waiting for one',
    needs,
    async run(context) {
      const { callAndGoOn, echo } = startTasks(context)
      let calls = 0
      assert.equal(
        callAndGoOn.sync(() => {
          calls++
          // The loop is not blocked for this one.
          assert.equal(echo.sync('inside'), 'inside')
        }),
        'went on',
      )
      assert.equal(calls, 1)
    },
  },
  ...inEachMode(
    'callbacks: what structured clone gets wrong is put right for them, too',
    needs,
    async (context, mode) => {
      const seen: unknown[] = []
      const f = (value: unknown): unknown => {
        seen.push(value)
        return { back: value }
      }
      const results = await call(startTasks(context).mapAsync, mode, [new URL('https://example.org/')], f)
      assert.instanceOf(seen[0], URL)
      assert.instanceOf((results as { back: unknown }[])[0]?.back, URL)
    },
  ),
  {
    name: 'callbacks: one that a task does not wait for ends nobody when its call is cancelled',
    needs,
    async run(context) {
      const { reportUnawaited, later, count } = startTasks(context)
      count.sync()
      const innocent = later.submit(100, 'undisturbed')
      const steps: number[] = []
      const { signal, abort } = abortable()
      const report = (step: number): void => {
        if (steps.push(step) === 3) abort()
      }
      assert.propertyVal(
        thrown(() => reportUnawaited.with({ signal }).sync(report)),
        'name',
        'AbortError',
      )
      assert.isAtLeast(steps.length, 3)
      assert.equal(innocent.result(), 'undisturbed')
      assert.equal(count.sync(), 2, 'it is the same loop')
    },
  },
  {
    name: 'callbacks: cancelling a call frees the loop that is blocked for one of them',
    needs,
    async run(context) {
      const { mapSync, mapAsync, count } = startTasks(context)
      count.sync()
      const never = () => new Promise(() => {})
      for (const map of [mapSync, mapAsync]) {
        assert.instanceOf(await rejection(map.with({ timeout: 30 }).async([1], never)), TimeoutError)
      }
      assert.equal(await count.async(), 2)
    },
  },
  {
    name: 'callbacks: calls that arrive while a task holds its thread begin in order',
    needs: { resident: true },
    async run(context) {
      const { note, noted } = startTasks(context)
      const futures = ['a', 'b', 'c', 'd'].map((name) => {
        const future = note.submit(name, 10)
        // Sent while the one before it runs.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4)
        return future
      })
      for (const future of futures) future.result()
      assert.deepEqual(noted.sync(), ['a', 'b', 'c', 'd'])
    },
  },
  {
    name: 'callbacks: deeper in an argument a function is refused by its path',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const { all } = startTasks(context)
      assert.match(String(thrown(() => all.sync([() => {}]))), /args\[0\]\[0\] is a function/)
      assert.match(String(await rejection(all.async({ a: { b() {} } }))), /args\[0\]\.a\.b is a function/)
    },
  },
]
