/** Measures one contestant in one scenario: what `bench` starts a process for. */
import { runCell } from 'ambisync/bench'
import { contestants } from './contestants/index.ts'
import { scenarios } from './scenarios/index.ts'

await runCell(async (cell) => {
  const scenario = scenarios.find(({ name }) => name === cell.scenario)
  if (scenario === undefined) throw new RangeError(`there is no scenario "${cell.scenario}"`)
  const contestant = contestants.find(({ name }) => name === cell.contestant)
  if (contestant === undefined) throw new RangeError(`there is no contestant "${cell.contestant}"`)
  return await scenario.measure(contestant, { effort: cell.effort, parameter: cell.parameter })
})
