import { type Arrival, decodeLeniently } from './decode-value.ts'
import { encodeValue, type FieldFilter, Unsendable } from './encode-value.ts'
import { isError } from './error-content.ts'
import { SerializationError } from './errors.ts'
import { preview } from './preview.ts'
import type { EncodedThrown } from './protocol.ts'

/*
 * Thrown values as data, and back. Where a value that cannot cross would be refused, something always comes of a thrown
 * one: an error with fewer properties, and a note at the end of its stack.
 */

const name = 'thrown'

export function encodeThrown(thrown: unknown): EncodedThrown {
  return encodeValue(thrown, name)
}

/** What to send of a thrown value where sending it whole has failed: less and less, and in the end only that it was thrown. */
function* reducedThrown(thrown: unknown, refusal: unknown): Generator<EncodedThrown> {
  try {
    yield encodeValue(thrown, name, isSendable)
  } catch {
    // It cannot even be looked at, such as a revoked proxy.
  }
  const why = refusal instanceof Unsendable ? refusal.message : preview(thrown)
  const message = `what was thrown cannot be cloned: ${why}`
  yield encodeThrown(new SerializationError(message))
}

/** Errors that it holds are looked at by themselves. */
const isSendable: FieldFilter = (value) => {
  try {
    structuredClone(encodeValue(value, name, () => false))
    return true
  } catch {
    return false
  }
}

/**
 * Sends a thrown value, whatever it is, by `post`, which throws what structured clone does. Never fails for the
 * value's sake.
 */
export function postThrown(thrown: unknown, post: (encoded: EncodedThrown) => void): void {
  let refusal: unknown
  try {
    post(encodeThrown(thrown))
    return
  } catch (error) {
    // It takes less.
    refusal = error
  }
  for (const encoded of reducedThrown(thrown, refusal)) {
    try {
      post(encoded)
      return
    } catch {
      // It takes still less.
    }
  }
}

/** A thrown value as data that can be cloned for certain. */
export function cloneableThrown(thrown: unknown): EncodedThrown {
  let encoded: EncodedThrown | undefined
  postThrown(thrown, (attempt) => {
    encoded = structuredClone(attempt)
  })
  return encoded ?? encodeThrown(new SerializationError('what was thrown cannot be cloned'))
}

/**
 * The thrown value, or as much of it as this end can make. Never throws: of an error, what cannot be made is left as data
 * and told at the end of its stack.
 */
export function decodeThrown(encoded: EncodedThrown, at: Arrival['at'] = "on the caller's thread"): unknown {
  const { value, problems } = decodeLeniently(encoded, { name, at })
  const [problem] = problems
  if (problem === undefined) return value
  if (!isError(value)) return new SerializationError(`what was thrown cannot be made here: ${problem}`)
  value.stack = `${preview(value.stack)}${problems.map((each) => `\n    (${each})`).join('')}`
  return value
}
