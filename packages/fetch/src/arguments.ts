import { NotSupportedError } from '@ambisync/core'
import { checkTimeout } from '@ambisync/core/options'
import type { Request } from 'undici'
import type { FetchInit, FetchInput, RequestLike } from './types.ts'
import { fetchClasses } from './undici.ts'

/** The arguments of a fetch, for undici, but for the body. */
export interface Arguments {
  readonly input: string | Request
  /** The standard's members that were given. */
  readonly init: Readonly<Record<string, unknown>>
  /** As it was given; undefined or null for none, which leaves that of `input`. */
  readonly body: unknown
  /** In milliseconds; Infinity for no limit. */
  readonly timeout: number
}

/** The members of the standard's `RequestInit`, and `priority`, but for `body`. */
const members: readonly string[] = [
  ...['method', 'headers', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity'],
  ...['keepalive', 'signal', 'window', 'duplex', 'priority'],
]

/** What a request of another implementation is asked for. What it has by default need not be told. */
const membersOfRequests: readonly string[] = [
  ...['method', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive'],
  'signal',
]

/**
 * Reads what was given, each member once, as the standard does.
 *
 * @throws {TypeError} for what is no `init`, or a time limit that is no number
 * @throws {RangeError} for a time limit that cannot be right
 * @throws {NotSupportedError} for `dispatcher`, which cannot be carried to the loop
 */
export function readArguments(input: FetchInput, init: FetchInit | null | undefined): Arguments {
  const given = (init ?? {}) as Readonly<Record<string, unknown>>
  if (typeof given !== 'object' && typeof given !== 'function') {
    // Which throws, by what it says of it.
    ;new (fetchClasses().Request)(input as string, init as never)
  }
  if (given.dispatcher !== undefined) {
    const why = 'it is an object of this thread, and requests are made on a loop'
    throw new NotSupportedError(`init.dispatcher is not supported: ${why}; give undici's options to createFetch`)
  }
  const own = pick(given, members)
  const timeout = checkTimeout(given.timeout, 'timeout')
  if (!isForeignRequest(input)) {
    return { input: isRequest(input) ? input : `${input}`, init: own, body: given.body, timeout }
  }
  if (input.bodyUsed && given.body == null) {
    throw new TypeError('Cannot construct a Request with a Request object that has already been used.')
  }
  const init2 = { ...pick(input as never, membersOfRequests), headers: [...input.headers], ...own }
  if (given.body != null || input.body === null) return { input: input.url, init: init2, body: given.body, timeout }
  // A stream may not be kept alive; a Request may whose body was made of something else, and nothing comes of it here.
  const streaming = { duplex: 'half', ...init2, keepalive: false }
  return { input: input.url, init: streaming, body: input.body, timeout }
}

function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {}
  for (const name of names) {
    const value = from[name]
    if (value !== undefined) picked[name] = value
  }
  return picked
}

/** One of undici's own. */
export function isRequest(input: unknown): input is Request {
  return hasTag(input, 'Request') && input instanceof fetchClasses().Request
}

/** undici would take it for text. */
function isForeignRequest(input: unknown): input is RequestLike {
  return hasTag(input, 'Request') && !(input instanceof fetchClasses().Request)
}

export function hasTag(value: unknown, tag: string): value is object {
  return typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === `[object ${tag}]`
}
