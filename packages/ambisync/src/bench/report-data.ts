import type { Effort } from './cell-data.ts'

/** On which cores the processes of a cell may run: any, one, or any while all of them are kept busy. */
export type Placement = 'free' | 'pinned' | 'busy'

export const placements: readonly Placement[] = ['free', 'pinned', 'busy']

export interface Report {
  readonly format: 1
  /** ISO 8601. */
  readonly created: string
  /** What was called, where all scenarios are about one function: `fetchText of ./tasks.js, with ["data:,hello"]`. */
  readonly subject?: string
  /** In general terms: never a host's or a user's name. */
  readonly machine: {
    readonly processor: string
    readonly cores: number
    readonly memoryGiB: number
    readonly platform: string
    readonly loadAverage: number
  }
  readonly runtime: string
  readonly effort: Effort
  readonly contestants: readonly ReportedContestant[]
  readonly scenarios: readonly ReportedScenario[]
  readonly results: readonly Result[]
}
export interface ReportedContestant {
  readonly name: string
  readonly kind: 'adapter' | 'peer' | 'native'
  readonly version: string
  /** For the matrix; of adapters only. */
  readonly capabilities?: Readonly<Record<string, string | boolean | readonly string[]>>
}
export interface ReportedScenario {
  readonly name: string
  readonly title: string
  /** Less is better. */
  readonly unit: 'us' | 'ms' | 'MiB' | '% of a core'
  /** Name of the contestant that ratios are to. */
  readonly baseline: string
  /** Where the scenario is a sweep: what is varied, and in which unit. */
  readonly parameter?: { readonly name: string; readonly unit: string }
}
export interface Result {
  readonly scenario: string
  readonly contestant: string
  readonly placement: Placement
  readonly parameter?: number
  readonly outcome:
    | Measured
    | { readonly kind: 'failed'; readonly error: string }
    | { readonly kind: 'not supported'; readonly why: string }
}
export interface Measured {
  readonly kind: 'measured'
  readonly processes: number
  readonly samples: number
  /** The median of each process, in the order of the rounds. */
  readonly figures: readonly number[]
  /** The median of these. */
  readonly p50: number
  /** Of the samples of all processes, each weighing alike. */
  readonly p90: number
  readonly p99: number
  readonly max: number
  /** Of `p50` to the baseline's, with its 95 % bootstrap interval over rounds. Undefined for the baseline itself. */
  readonly ratio?: { readonly value: number; readonly low: number; readonly high: number }
  /** The better ones that noise separates it from. Left out where there were too few rounds to tell. */
  readonly behind?: readonly string[]
  /** One more than they are. */
  readonly rank?: number
  /** Values at 101 quantiles, 0 to 100 %, for distributions. */
  readonly quantiles: readonly number[]
}
