import { timeAll } from './concurrent.ts'
import type { Scenario } from './scenario.ts'
import { startContestant } from './start-contestant.ts'

const tasks = 100
const ms = 20

const argumentLists = Array.from({ length: tasks }, (_, index) => [ms, index])

export const scenario: Scenario = {
  name: 'io',
  title: `${tasks} I/O tasks of ${ms} ms in a gather`,
  unit: 'ms',
  baseline: 'plain async',
  placements: ['free'],
  timeout: 120_000,
  async measure(contestant, order) {
    const calls = await startContestant(contestant)
    const expected = argumentLists.map(([, index]) => index)
    return await timeAll(calls, calls.all, { name: 'sleep', argumentLists }, expected, order)
  },
}
