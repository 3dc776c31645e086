import { countPrimes } from '../tasks/primes.js'
import { timeAll } from './concurrent.ts'
import type { Scenario } from './scenario.ts'
import { startContestant } from './start-contestant.ts'

const tasks = 16
const limit = 100_000

export const scenario: Scenario = {
  name: 'cpu',
  title: `${tasks} CPU-bound tasks on a pool`,
  unit: 'ms',
  baseline: 'native sync',
  placements: ['free'],
  timeout: 120_000,
  async measure(contestant, order) {
    const calls = await startContestant(contestant)
    const argumentLists = Array.from({ length: tasks }, () => [limit])
    const count = countPrimes(limit)
    const expected = argumentLists.map(() => count)
    return await timeAll(calls, calls.onPool, { name: 'countPrimes', argumentLists }, expected, order)
  },
}
