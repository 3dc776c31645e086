/** Measures one contestant in one scenario: what `bench` starts a process for. */
import { runCell } from 'ambisync/bench/cell'
import { importContestant } from './contestants/index.ts'
import { importScenario } from './scenarios/index.ts'

await runCell(async ({ scenario: name, contestant, effort, parameter }) => {
  const scenario = await importScenario(name)
  return await scenario.measure(await importContestant(contestant), { effort, parameter })
})
