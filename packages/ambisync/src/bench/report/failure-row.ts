/** One cell of the failure matrix: what one configuration did in one situation. The cells of docs/data/failure-matrix.json. */
export interface FailureRow {
  /** The situation: `out of memory`. Backticks mark code. */
  readonly row: string
  readonly configuration: string
  /** Both, where both saw the same. */
  readonly modes: readonly string[]
  readonly seen: {
    readonly outcome?: SeenOutcome
    /** Ends of the calls after it: the class of an error, or `works`. */
    readonly next?: readonly string[]
    readonly order?: readonly string[]
    readonly inAnyOrder?: readonly string[]
    /** The loop outlived the caller. */
    readonly leftBehind?: boolean
    readonly end: SeenEnd
  }
  /** Why it cannot be otherwise. */
  readonly because?: string
  /** The caller knew of the failure within one second. Absent where there is none to know of. */
  readonly withinASecond?: boolean
}

/** How the call ended. */
export type SeenOutcome = { readonly threw: SeenError } | { readonly returned: string }

/** What the caller caught. */
export interface SeenError {
  readonly class: string
  readonly code?: string
  readonly exitCode?: number
  readonly signal?: string
  readonly cause?: string
}

/** How the calling process ended. */
export type SeenEnd = { readonly exitCode: number } | { readonly signal: string } | { readonly stillStuck: true }
