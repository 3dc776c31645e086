import type { PlannedScenario, Report, ReportedContestant } from 'ambisync/bench'
import { describeMachine } from '../bench/machine.ts'
import { runtimeName } from '../runtime-name.ts'

/** A report in which nothing was measured, and every row says why. */
export function failedReport(
  contestants: readonly ReportedContestant[],
  scenarios: readonly PlannedScenario[],
  error: string,
): Report {
  return {
    format: 1,
    created: new Date().toISOString(),
    machine: describeMachine(),
    runtime: runtimeName(),
    contestants,
    scenarios: scenarios.map(({ timeout, ...reported }) => reported),
    results: scenarios.flatMap(({ name: scenario }) =>
      contestants.map(({ name: contestant }) => ({
        scenario,
        contestant,
        placement: 'free' as const,
        outcome: { kind: 'failed' as const, error },
      })),
    ),
  }
}
