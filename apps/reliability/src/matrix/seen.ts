import { LoopExitError, LoopStartError } from '@ambisync/core'

/** What a cell of the matrix saw, as far as it is the same in every run. Plain data. */
export interface Seen {
  /** What the caller got. Nothing, if its process ended before. */
  readonly outcome?: Outcome
  /** What calls after it on the same loop gave, up to the first that worked. */
  readonly next?: readonly string[]
  /** What happened when the caller was interrupted, in order. */
  readonly order?: readonly string[]
  /** The same, where the order is not the same in every run. */
  readonly inAnyOrder?: readonly string[]
  /** The loop's process was still there long after that of the caller. */
  readonly leftBehind?: boolean
  readonly end: ProcessEnd
}

export type Outcome = { readonly returned: 'the right value' | 'a wrong value' } | { readonly threw: SeenError }

export interface SeenError {
  readonly class: string
  readonly code?: string
  readonly exitCode?: number
  readonly signal?: string
  /** The class of what a loop ended of. */
  readonly cause?: string
}

/** How the caller's process ended. */
export type ProcessEnd = { readonly exitCode: number } | { readonly signal: string } | { readonly stillStuck: true }

export function seenError(error: unknown): SeenError {
  if (!(error instanceof Error)) return { class: typeof error }
  const { code, exitCode, signal, cause } = error as Error & { code?: string; exitCode?: number; signal?: string }
  return {
    class: error.name,
    ...(code !== undefined && { code }),
    ...(exitCode !== undefined && { exitCode }),
    ...(signal !== undefined && { signal }),
    ...(isLoopEnd(error) && cause !== undefined && { cause: cause instanceof Error ? cause.name : typeof cause }),
  }
}

function isLoopEnd(error: Error): boolean {
  return error instanceof LoopExitError || error instanceof LoopStartError
}
