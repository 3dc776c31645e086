import { inMacrotask } from 'ambisync/bench/cell'
import { readUsage } from './process-tree.ts'
import type { Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { checkSame } from './wrong-answer.ts'

/** What the import, the loop and its first call add. */
export const scenario: Scenario = {
  name: 'memory',
  title: 'resident memory of a loop',
  unit: 'MiB',
  baseline: 'synckit',
  placements: ['free'],
  timeout: 60_000,
  async measure(contestant) {
    const before = readUsage().memoryMiB
    const echo = taskOf(await startContestant(contestant), 'echo')
    checkSame(1, await inMacrotask(() => echo(1)))
    return [readUsage().memoryMiB - before]
  },
}
