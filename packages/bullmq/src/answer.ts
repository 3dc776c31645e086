import { createHash } from 'node:crypto'
import { type EncodedThrown, postThrown, type Return } from '@ambisync/core/adapter'
import { cloneFromText, cloneToText } from './clone-text.ts'
import { isJson } from './is-json.ts'
import { checkSize } from './job-data.ts'

/*
 * What comes of a call, as it stands in Redis. A short result is the return value of its job, readable in a dashboard as far
 * as it can be. BullMQ copies that into the stream of events, of which it keeps ten thousand: so a long one has a key of its
 * own, which expires with the job, and the return value names it. What was thrown has such a key always, because of an error
 * BullMQ keeps the message: the key goes by that.
 */

/** Nothing at all for `undefined`. */
export interface Returned {
  /** Where JSON is exact for it. */
  readonly value?: unknown
  /** Else the clone of `value` and `specials` of {@link Return}. */
  readonly clone?: string
}

/** In place of {@link Returned}, where that has a key of its own. */
export interface Stored {
  /** Which of the job's answers it is. */
  readonly stored: string
}

/** Which of a job's answers is what was thrown, by the reason that BullMQ has for its failure. */
export function whichThrown(reason: string): string {
  return createHash('sha256').update(reason).digest('base64url')
}

/** Whether it is what a server returns: anybody can end a job. */
export function isAnswer(value: unknown): value is Returned | Stored {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { clone, stored } = value as { readonly clone?: unknown; readonly stored?: unknown }
  if (!Object.keys(value).every((key) => ['value', 'clone', 'stored'].includes(key))) return false
  return [clone, stored].every((text) => text === undefined || typeof text === 'string')
}

export function isStored(returned: Returned | Stored): returned is Stored {
  return 'stored' in returned
}

/**
 * @throws {Error} a `DataCloneError` (by its `name`) for what cannot cross
 * @throws {Unsendable} for what is larger than `limit` bytes
 */
export function encodeReturned({ value, specials }: Pick<Return, 'value' | 'specials'>, limit: number): Returned {
  if (specials === undefined && value === undefined) return {}
  const isPlain = specials === undefined && isJson(value)
  const returned: Returned = isPlain ? { value } : { clone: cloneToText({ value, ...(specials && { specials }) }) }
  checkSize(returned.clone ?? JSON.stringify(value), 'result', limit)
  return returned
}

/** @throws {Error} for what a newer version of V8 wrote */
export function decodeReturned({ value, clone }: Returned): Pick<Return, 'value' | 'specials'> {
  return clone === undefined ? { value } : (cloneFromText(clone) as Pick<Return, 'value' | 'specials'>)
}

export function thrownToText(thrown: EncodedThrown): string {
  return cloneToText(thrown)
}

export function thrownFromText(text: string): EncodedThrown {
  return cloneFromText(text) as EncodedThrown
}

/** Of a thrown value of this thread's, as text. Something always comes of it. */
export function errorToText(error: unknown): string {
  return cloneToText(encodeThrown(error))
}

function encodeThrown(error: unknown): EncodedThrown {
  // Where it was made says nothing to a user; the caller's frames will follow.
  if (error instanceof Error) error.stack = `${error.name}: ${error.message}`
  let encoded: EncodedThrown | undefined
  postThrown(error, (attempt) => {
    cloneToText(attempt)
    encoded = attempt
  })
  if (encoded === undefined) throw error
  return encoded
}
