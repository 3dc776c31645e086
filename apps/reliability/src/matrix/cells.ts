import type { Outcome, ProcessEnd, Seen } from './seen.ts'

export type Mode = 'sync' | 'async'

/** A blocked caller, and one that awaits. */
export const modes: readonly Mode[] = ['sync', 'async']

/** What a cell's program prints, a line each. */
export type CellReport =
  | { readonly outcome: Outcome; readonly milliseconds: number }
  /** What calls after it gave. */
  | { readonly next: readonly string[] }

/** What was seen in a cell, and what is not the same in every run: when the caller knew. */
export interface Observation {
  readonly seen: Seen
  /** From the call until its outcome, in milliseconds; undefined where there was none. */
  readonly milliseconds: number | undefined
  /** What the process wrote there, for whoever looks at a cell that went wrong. */
  readonly stderr: string
}

export function processEnd(exitCode: number | null, signal: string | null): ProcessEnd {
  return signal === null ? { exitCode: exitCode ?? -1 } : { signal }
}
