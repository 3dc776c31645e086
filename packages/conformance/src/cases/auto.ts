import { type CallerDetector, type Mode, NotSupportedError, runWithMode } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import type { Case } from '../case.ts'
import { loadTasks } from '../tasks.ts'

/** A runtime without it has no scope that would hold after an `await`. */
const hasAsyncContext: boolean = globalThis.process?.getBuiltinModule?.('node:async_hooks') !== undefined

const everyMode: readonly Mode[] = ['sync', 'async']

/** What a form gives, awaited where it is a promise; and whether it was one. */
async function given(auto: () => unknown): Promise<{ readonly isPromise: boolean; readonly value: unknown }> {
  // A place that may block, whatever the adapter: `auto` decides only now whether it will.
  const { result } = await blocking(() => ({ result: auto() }))
  return { isPromise: result instanceof Promise, value: await result }
}

export const auto: readonly Case[] = [
  ...everyMode.map(
    (mode): Case => ({
      name: `auto: the loop's default, the detector, the scope and the call decide, the last of them first (${mode})`,
      needs: {},
      async run(context) {
        const other: Mode = mode === 'sync' ? 'async' : 'sync'
        const detecting = (found: Mode): CallerDetector => ({ modeOf: () => found })
        const expected = { isPromise: mode === 'async', value: 3 }
        const byDefault = loadTasks(context.startLoop({ mode })).add
        assert.deepEqual(await given(() => byDefault.auto(1, 2)), expected)
        const byDetector = loadTasks(context.startLoop({ mode: other, detector: detecting(mode) })).add
        assert.deepEqual(await given(() => byDetector.auto(1, 2)), expected)
        const byOther = loadTasks(context.startLoop({ mode: other, detector: detecting(other) })).add
        if (hasAsyncContext) {
          assert.deepEqual(await given(() => runWithMode(mode, () => byOther.auto(1, 2))), expected)
          assert.deepEqual(await given(() => runWithMode(other, () => byOther.with({ mode }).auto(1, 2))), expected)
        } else {
          assert.throws(() => runWithMode(mode, () => byOther.auto(1, 2)), NotSupportedError)
        }
        assert.deepEqual(await given(() => byOther.with({ mode }).with({ timeout: 30_000 }).auto(1, 2)), expected)
      },
    }),
  ),
  ...everyMode.map(
    (mode): Case => ({
      name: `auto: what the task throws is thrown, or rejects (${mode})`,
      needs: {},
      async run(context) {
        const { throwValue } = loadTasks(context.startLoop({ mode }))
        const outcome = blocking(() => ({ result: throwValue.auto('on purpose') }))
        if (mode === 'async') assert.property(await outcome, 'result')
        const thrown = await outcome.then(({ result }) => result).catch((error: unknown) => error)
        assert.equal(thrown, 'on purpose')
      },
    }),
  ),
  {
    name: 'auto: without a mode and a detector it is an error, and nothing is called',
    needs: { resident: true },
    async run(context) {
      const { count } = loadTasks(context.startLoop())
      const error = await given(() => count.auto()).catch((thrown: unknown) => thrown)
      assert.instanceOf(error, NotSupportedError)
      assert.include(String(error), '@ambisync/detect')
      assert.equal(await count.async(), 1)
    },
  },
  {
    name: 'auto: a generator is iterated over as the mode says',
    needs: { streams: true },
    async run(context) {
      const { countTo } = loadTasks(context.startLoop())
      const items = await blocking(() => [...countTo.with({ mode: 'sync' }).auto(3)])
      assert.deepEqual(items, [1, 2, 3])
      const awaited: unknown[] = []
      for await (const item of countTo.with({ mode: 'async' }).auto(3)) awaited.push(item)
      assert.deepEqual(awaited, items)
    },
  },
]
