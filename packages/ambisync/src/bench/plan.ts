import type { Effort } from './cell-data.ts'
import type { Placement, ReportedContestant, ReportedScenario } from './report-data.ts'

/** What is to be measured, and how thoroughly. */
export interface Plan {
  /** As the report says it. */
  readonly subject?: string
  readonly scenarios: readonly PlannedScenario[]
  readonly contestants: readonly ReportedContestant[]
  /** Where the processes may run, in the order in which that is measured. */
  readonly placements: readonly Placement[]
  /** Path of a script that is all `runCell` of `ambisync/bench/cell`: it measures one contestant in one scenario. */
  readonly script: string
  readonly runtime: PlannedRuntime
  readonly effort: Effort
  /** Of each contestant in each scenario and placement: there are as many rounds. At least 1. */
  readonly processes: number
  /** Milliseconds for a placement: no round begins that would not end by then, but for the first. Default: no limit. */
  readonly budget?: number
  readonly signal?: AbortSignal
}

export interface PlannedScenario extends ReportedScenario {
  /** The values that a sweep goes through. */
  readonly parameters?: readonly number[]
  /** Those that it is measured in, if not in all. */
  readonly placements?: readonly Placement[]
  /** Contestants that it leaves out. */
  readonly without?: readonly string[]
  /** Milliseconds after which a process has hung. */
  readonly timeout: number
}

export interface PlannedRuntime {
  /** With its version, as it is to be shown. */
  readonly name: string
  readonly executable: string
  /** Arguments before the script. */
  readonly args?: readonly string[]
}
