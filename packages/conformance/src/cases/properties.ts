import type { Tasks } from '@ambisync/core'
import fc from 'fast-check'
import { arbitraryValue, hiddenState } from '../arbitrary-values.ts'
import { blocking } from '../blocking.ts'
import type { Case, CaseContext } from '../case.ts'
import { difference } from '../exact-equal.ts'
import { howOften } from '../how-often.ts'
import { call, inEachMode, outcomeOf } from '../modes.ts'
import { fixture } from '../tasks.ts'

/** Ends well before the watchdog does, which would not know the seed. Not to have come through by then is a failure. */
const options = {
  includeErrorInReport: true,
  interruptAfterTimeLimit: 20_000,
  markInterruptAsFailure: true,
} as const

function startTasks(context: CaseContext): Tasks<typeof import('../fixtures/class-tasks.js')> {
  const loop = context.startLoop()
  return loop.load<typeof import('../fixtures/class-tasks.js')>(fixture(loop, 'class-tasks'))
}

/** Fails with the seed, the path to the smallest value that was found, and that value. */
async function holds(context: CaseContext, check: (value: unknown) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitraryValue, check), { ...options, numRuns: howOften(300, context) })
}

function assertSame(actual: unknown, expected: unknown): void {
  const found = difference(actual, expected, hiddenState)
  if (found !== undefined) throw new Error(found)
}

export const properties: readonly Case[] = [
  ...inEachMode('properties: any value goes there and back', {}, async (context, mode) => {
    const { echo } = startTasks(context)
    await holds(context, async (value) => assertSame(await call(echo, mode, value), value))
  }),
  ...inEachMode('properties: any value that is thrown comes back', {}, async (context, mode) => {
    const { throwIt } = startTasks(context)
    await holds(context, async (value) => {
      const outcome = await outcomeOf(throwIt, mode, { value })
      if (outcome.kind === 'return') throw new Error('it did not throw')
      assertSame(outcome.error, { value })
    })
  }),
  ...(['mapAsync', 'mapSync'] as const).flatMap((map) =>
    inEachMode(
      `properties: any value goes to a callback and back, by ${map}`,
      { callbacks: true },
      async (context, mode) => {
        const task = startTasks(context)[map]
        await holds(context, async (value) => {
          const same = (seen: unknown): unknown => {
            assertSame(seen, value)
            return seen
          }
          assertSame(await call(task, mode, [value], same), [value])
        })
      },
    ),
  ),
  {
    name: 'properties: any value is yielded (sync)',
    needs: { streams: true },
    async run(context) {
      const { yieldEach } = startTasks(context)
      await holds(context, async (value) => {
        const items = await blocking(() => [...yieldEach.sync([value, 1, value])])
        if (items.length !== 3) throw new Error(`there were ${items.length} items and not 3`)
        for (const [index, item] of items.entries()) assertSame(item, index === 1 ? 1 : value)
      })
    },
  },
  {
    name: 'properties: any value is yielded (async)',
    needs: { streams: true },
    async run(context) {
      const { yieldEach } = startTasks(context)
      await holds(context, async (value) => {
        let items = 0
        for await (const item of yieldEach.async([value, 1, value])) assertSame(item, items++ === 1 ? 1 : value)
        if (items !== 3) throw new Error(`there were ${items} items and not 3`)
      })
    },
  },
]
