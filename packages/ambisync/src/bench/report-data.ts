/** Where the two threads of a call may run. */
export type Placement = 'free' | 'pinned' | 'busy'

export interface Report {
  readonly format: 1
  /** ISO 8601. */
  readonly created: string
  /** In general terms: never a host's or a user's name. */
  readonly machine: {
    readonly processor: string
    readonly cores: number
    readonly memoryGiB: number
    readonly platform: string
    readonly loadAverage: number
  }
  readonly runtime: string
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
  readonly unit: 'us' | 'ms' | 'items/ms' | 'MiB' | '% of a core'
  readonly better: 'lower' | 'higher'
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
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
  /** To the baseline, with its 95 % bootstrap interval over processes. Undefined for the baseline itself. */
  readonly ratio?: { readonly value: number; readonly low: number; readonly high: number }
  /** 1 for the best; those that noise does not separate share a rank. */
  readonly rank?: number
  /** Values at 101 quantiles, 0 to 100 %, for distributions. */
  readonly quantiles: readonly number[]
}
