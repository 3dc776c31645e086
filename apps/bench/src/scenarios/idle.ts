import { setTimeout as sleep } from 'node:timers/promises'
import { inMacrotask } from 'ambisync/bench/cell'
import { findMeters } from './process-tree.ts'
import type { Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { checkSame } from './wrong-answer.ts'

/** Calls that it makes close together before. */
const burst = 20
/** How long it may take to come to rest, in milliseconds. */
const rest = 300
const length = 1_000

/** After some calls close together: of all threads and processes, while the caller's event loop waits. */
export const scenario: Scenario = {
  name: 'idle',
  title: 'CPU when idle',
  unit: '% of a core',
  baseline: 'synckit',
  placements: ['free'],
  timeout: 60_000,
  async measure(contestant) {
    const calls = await startContestant(contestant)
    const echo = taskOf(calls, 'echo')
    if (calls.isAsync) {
      for (let call = 0; call < burst; call++) checkSame(call, await echo(call))
    } else {
      await inMacrotask(() => {
        for (let call = 0; call < burst; call++) checkSame(call, echo(call))
      })
    }
    await sleep(rest)
    const { processors } = findMeters()
    const before = processors()
    const begin = performance.now()
    await sleep(length)
    const used = processors() - before
    return [(100 * used) / (performance.now() - begin)]
  },
}
