import type { PlannedScenario } from 'ambisync/bench'
import { baseline } from './contestants.ts'

export type ScenarioName = 'call' | 'first call'

/** What is measured of a function. */
export function scenariosOf(name: string, timeout: number): readonly PlannedScenario[] {
  const common = { unit: 'ms', baseline, timeout } as const
  const warm: ScenarioName = 'call'
  const cold: ScenarioName = 'first call'
  return [
    { ...common, name: warm, title: `a call of ${name}, once it is warm` },
    { ...common, name: cold, title: `the first call of ${name}, with the start of its loop` },
  ]
}
