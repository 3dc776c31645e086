import type { Capabilities, LoopEnd } from '@ambisync/core/adapter'
import type { Outcome, ProcessEnd, Seen, SeenError } from './seen.ts'

/** What a cell has to see. */
export interface Expectation {
  /** One of these. */
  readonly oneOf: readonly Seen[]
  /** Why it is not what other adapters give: the capability that says so. */
  readonly because?: string
}

/** What is expected of an adapter, by nothing but what it declares. */
export type Expected = (capabilities: Capabilities) => Expectation

/** The caller has its outcome, the next call works, and the program ends as if nothing had been. */
function goesOn(outcome: Outcome, next: readonly string[] = ['works']): Seen {
  return { outcome, next, end: { exitCode: 0 } }
}

export const returns: Seen = goesOn({ returned: 'the right value' })

export function throws(error: SeenError, next?: readonly string[]): Seen {
  return goesOn({ threw: error }, next)
}

export function only(seen: Seen, because?: string): Expectation {
  return { oneOf: [seen], ...(because !== undefined && { because }) }
}

/** `LoopStartError`: the module could not be imported, for a reason of this class. The same for every adapter. */
export function cannotImport(cause: string): Expected {
  return () => only(throws({ class: 'LoopStartError', code: 'ERR_AMBISYNC_LOOP_START', cause }))
}

export const cannotBeSent: Seen = throws({ class: 'SerializationError', code: 'ERR_AMBISYNC_SERIALIZATION' })

/**
 * The loop ends. Where its caller outlives that, it is told by `LoopExitError`; where it does not, its process ends as
 * Node has it end.
 */
export function loopEnds(end: LoopEnd, exit: LoopExit, process: ProcessEnd): Expected {
  return ({ survives }) => (survives.includes(end) ? only(loopExit(exit)) : only({ end: process }, notSurvived(end)))
}

export type LoopExit = Pick<SeenError, 'exitCode' | 'signal' | 'cause'>

export function loopExit(exit: LoopExit): Seen {
  return throws({ class: 'LoopExitError', code: 'ERR_AMBISYNC_LOOP_EXIT', ...exit })
}

export function notSurvived(end: LoopEnd): string {
  return `\`survives\` does not name \`${end}\``
}
