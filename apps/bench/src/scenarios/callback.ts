import { timeCalls } from 'ambisync/bench/cell'
import { notSupported } from '../contestants/not-supported.ts'
import type { Scenario } from './scenario.ts'
import { startContestant } from './start-contestant.ts'
import { checkSame } from './wrong-answer.ts'

/** In one call, so that it is the callbacks that count. */
const times = 100

export const scenario: Scenario = {
  name: 'callback',
  title: 'callback round trip',
  unit: 'us',
  baseline: 'worker-threads',
  placements: ['free', 'pinned'],
  timeout: 60_000,
  async measure(contestant, { effort }) {
    const calls = await startContestant(contestant)
    const { callBack } = calls
    if (callBack === undefined) throw notSupported('has no callbacks')
    const double = (number: number): number => 2 * number
    const samples = await timeCalls({
      call: () => callBack(times, double),
      check: (sum) => checkSame(times * (times - 1), sum),
      isAsync: calls.isAsync === true,
      effort,
    })
    return samples.map((ms) => (ms * 1_000) / times)
  },
}
