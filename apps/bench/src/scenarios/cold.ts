import { inMacrotask } from 'ambisync/bench/cell'
import type { Scenario } from './scenario.ts'
import { taskOf } from './start-contestant.ts'
import { checkSame } from './wrong-answer.ts'

/** From nothing to the first result, the import of the library excluded. One sample a process. */
export const scenario: Scenario = {
  name: 'cold',
  title: 'cold first call',
  unit: 'ms',
  baseline: 'synckit',
  placements: ['free', 'pinned'],
  timeout: 60_000,
  async measure(contestant) {
    const start = await contestant.load()
    const { begin, end, result } = await inMacrotask(() => {
      const begin = performance.now()
      const calls = start()
      const result = taskOf(calls, 'echo')(1)
      return { begin, end: performance.now(), result }
    })
    // Of a promise, the time until it is fulfilled.
    const value = await result
    checkSame(1, value)
    return [(result instanceof Promise ? performance.now() : end) - begin]
  },
}
