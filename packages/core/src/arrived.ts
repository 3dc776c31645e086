import { type Arrival, decodeValue, runsDecode, Undecodable } from './decode-value.ts'
import { afterDispatch } from './dispatch.ts'
import { SerializationError } from './errors.ts'
import { type Future, settle } from './future.ts'
import type { EncodedThrown } from './protocol.ts'
import type { EncodedValue } from './special-values.ts'
import { decodeThrown } from './thrown.ts'

/*
 * What becomes of values that have arrived. Classes with a codec make this run code of the user's, which is put off
 * until the look at the channels is over.
 */

/** What arrived, and how to say that it cannot be read: `what` it is, and the adapter that brought it. */
export interface Arrived extends Arrival {
  readonly what: string
  readonly adapter?: string | undefined
}

/** @throws {SerializationError} where a class is not known here */
export function decodeArrived(encoded: EncodedValue, arrived: Arrived): unknown {
  if (encoded.specials === undefined) return encoded.value
  try {
    return decodeValue(encoded, arrived)
  } catch (error) {
    throw error instanceof Undecodable ? refusedArrival(error, arrived) : error
  }
}

export function refusedArrival(
  refusal: Undecodable,
  { what, adapter }: Pick<Arrived, 'what' | 'adapter'>,
): SerializationError {
  const cause = 'cause' in refusal ? { cause: refusal.cause } : {}
  return new SerializationError(`${what}: ${refusal.message}`, { adapter, ...cause })
}

/** Settles a future by a value that has arrived. */
export function settleByValue(
  future: Future<unknown>,
  encoded: EncodedValue,
  describe: () => Arrived,
  adjust: (error: SerializationError) => unknown = (error) => error,
): void {
  if (encoded.specials === undefined) {
    settle(future, { state: 'fulfilled', value: encoded.value })
    return
  }
  const decodeAndSettle = (): void => {
    let value: unknown
    try {
      value = decodeArrived(encoded, describe())
    } catch (error) {
      const reason = error instanceof SerializationError ? adjust(error) : error
      settle(future, { state: 'rejected', reason })
      return
    }
    settle(future, { state: 'fulfilled', value })
  }
  if (runsDecode(encoded)) afterDispatch(decodeAndSettle)
  else decodeAndSettle()
}

/** Gives `take` the thrown value that has arrived. */
export function takeThrown(thrown: EncodedThrown, at: Arrival['at'], take: (value: unknown) => void): void {
  const decodeAndTake = (): void => take(decodeThrown(thrown, at))
  if (runsDecode(thrown)) afterDispatch(decodeAndTake)
  else decodeAndTake()
}
