import type { PlannedScenario, Report } from 'ambisync/bench'
import { describeMachine } from '../bench/machine.ts'
import { runtimeName } from '../runtime-name.ts'
import { baseline } from './contestants.ts'

/** A report on a function that fails by itself: it has been called directly, and by no strategy. */
export function failedReport(scenarios: readonly PlannedScenario[], error: string): Report {
  return {
    format: 1,
    created: new Date().toISOString(),
    machine: describeMachine(),
    runtime: runtimeName(),
    effort: { warmUp: 0, time: 0 },
    contestants: [{ name: baseline, kind: 'native', version: runtimeName() }],
    scenarios: scenarios.map(({ timeout, ...reported }) => reported),
    results: scenarios.map(({ name: scenario }) => ({
      scenario,
      contestant: baseline,
      placement: 'free' as const,
      outcome: { kind: 'failed' as const, error },
    })),
  }
}
