/** The ways in which the chaos run has a loop end, and how its end looks then. */
import type { Capabilities, LoopEnd } from '@ambisync/core/adapter'

/** How a loop ended, as an event or an error tells it. */
export interface LoopExit {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly cause?: unknown
}

export interface Death {
  /** The argument of the task `die`. */
  readonly name: DeathName
  /** What the adapter has to survive. Where it is left out, it has to be able to kill. */
  readonly end?: LoopEnd
  /** How often it is chosen, beside the others. */
  readonly weight: number
  /** The end is the one that the call with this id has provoked. */
  readonly isSeenIn: (exit: LoopExit, id: number) => boolean
}

export type DeathName = 'exit 0' | 'exit 3' | 'throw' | 'rejection' | 'out of memory' | 'SIGKILL' | 'abort' | 'stuck'

export const deaths: readonly Death[] = [
  { name: 'exit 0', end: 'exit', weight: 4, isSeenIn: endedWith(0) },
  { name: 'exit 3', end: 'exit', weight: 4, isSeenIn: endedWith(3) },
  { name: 'throw', end: 'throw', weight: 4, isSeenIn: diedOf('thrown in a timer') },
  { name: 'rejection', end: 'throw', weight: 4, isSeenIn: diedOf('rejected') },
  {
    name: 'out of memory',
    end: 'out of memory',
    weight: 1,
    // V8 aborts the process, unless it is a worker's heap that is full.
    isSeenIn: ({ exitCode, signal, cause }) =>
      signal === 'SIGABRT' || (exitCode === 1 && cause instanceof Error && /memory/.test(cause.message)),
  },
  { name: 'SIGKILL', end: 'signal', weight: 4, isSeenIn: ({ signal }) => signal === 'SIGKILL' },
  { name: 'abort', end: 'crash', weight: 2, isSeenIn: ({ signal }) => signal === 'SIGABRT' },
  { name: 'stuck', weight: 2, isSeenIn: wasKilledForItsGrace },
]

export function possibleDeaths({ survives, kill }: Capabilities): readonly Death[] {
  return deaths.filter(({ end }) => (end === undefined ? kill : survives.includes(end)))
}

/** The loop did not acknowledge a cancellation in time. */
export function wasKilledForItsGrace({ cause }: LoopExit): boolean {
  return cause instanceof Error && /grace/.test(cause.message)
}

function endedWith(code: number): Death['isSeenIn'] {
  return ({ exitCode, cause }) => exitCode === code && cause === undefined
}

function diedOf(what: string): Death['isSeenIn'] {
  return ({ exitCode, cause }, id) => exitCode === 1 && cause instanceof RangeError && cause.message === `${what} ${id}`
}
