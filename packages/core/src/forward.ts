import { type Future, settle } from './future.ts'
import type { Loop } from './loop.ts'
import type { Call, Return, Throw } from './protocol.ts'

/** A call that arrived from another caller, encoded as it came. */
export type ForwardedCall = Pick<Call, 'name' | 'args' | 'specials' | 'context' | 'timeout' | 'key'>

/** What came of it, encoded for that caller. */
export type ForwardedOutcome = Omit<Return, 'id'> | Omit<Throw, 'id'>

/** A loop, or a pool, of this package. */
interface Forwarding extends Loop {
  forward(specifier: string | URL, call: ForwardedCall): Future<unknown>
}

/**
 * Has a loop of this process run a call that somebody else has made, for a server. Neither its arguments nor its result are
 * decoded here: classes that only the two ends know cross as they do elsewhere.
 *
 * The future is fulfilled with what the task returned or threw. It is rejected with what this loop has to say: it has
 * ended, its time is up, or the future was cancelled. A generator cannot be forwarded, and is a `NotSupportedError`.
 * @param loop of `startLoop` or `startPool`
 * @throws {TypeError} for any other loop
 */
export function forward(loop: Loop, specifier: string | URL, call: ForwardedCall): Future<ForwardedOutcome> {
  if (!('forward' in loop)) throw new TypeError('forward takes a loop of startLoop, or a pool of startPool')
  return (loop as Forwarding).forward(specifier, call) as Future<ForwardedOutcome>
}

export function settleForwarded(future: Future<unknown>, { id: _, ...outcome }: Return | Throw): void {
  settle(future, { state: 'fulfilled', value: outcome satisfies ForwardedOutcome })
}
