/** What one process is to measure: one contestant in one scenario. */
export interface Cell {
  readonly scenario: string
  readonly contestant: string
  readonly parameter?: number
  readonly effort: Effort
}

/** How long a process measures. A call that takes longer than that is made once for each. */
export interface Effort {
  /** Milliseconds of calls that are not counted, after the first. */
  readonly warmUp: number
  /** Milliseconds of calls that are. */
  readonly time: number
}

/** What came of a process. */
export type CellOutcome =
  | MeasuredCell
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'not supported'; readonly why: string }

export interface MeasuredCell {
  readonly kind: 'measured'
  /** How many were taken. */
  readonly count: number
  /** In the unit of the scenario, in ascending order; a part of them that stands for all where there are many. */
  readonly samples: readonly number[]
}
