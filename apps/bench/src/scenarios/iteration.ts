import { timeCalls } from 'ambisync/bench/cell'
import { notSupported } from '../contestants/not-supported.ts'
import type { Scenario } from './scenario.ts'
import { startContestant } from './start-contestant.ts'
import { checkSame } from './wrong-answer.ts'

const count = 100_000

export const scenario: Scenario = {
  name: 'iteration',
  title: `an item of ${count.toLocaleString('en')} in an iteration`,
  unit: 'us',
  baseline: 'plain async',
  placements: ['free', 'pinned'],
  timeout: 60_000,
  async measure(contestant, { effort }) {
    const calls = await startContestant(contestant)
    const { sumOfItems } = calls
    if (sumOfItems === undefined) throw notSupported('has no streams')
    const times = await timeCalls({
      call: () => sumOfItems(count),
      check: (sum) => checkSame((count * (count - 1)) / 2, sum),
      isAsync: calls.isAsync === true,
      effort,
    })
    return times.map((ms) => (ms * 1_000) / count)
  },
}
