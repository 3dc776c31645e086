import type { Request } from 'undici'
import { type Arguments, isRequest, readArguments } from './arguments.ts'
import { type Body, readBody, standIn, untyped } from './request-body.ts'
import { TimeLimit } from './timeout.ts'
import type { FetchInit, FetchInput } from './types.ts'
import { fetchClasses } from './undici.ts'

/** A request that is right, as the standard has it, and has not been sent. */
export interface Prepared {
  readonly url: string
  readonly init?: Readonly<Record<string, unknown>> | undefined
  readonly body?: Body | undefined
  readonly signal?: AbortSignal | undefined
  readonly limit?: TimeLimit | undefined
}

/** The members of a Request that undici acts upon. */
const members: readonly (keyof Request)[] = [
  ...(['method', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity'] as const),
  'keepalive',
]

/**
 * Checks what `fetch` was given, by undici's own `Request`, and makes data of it.
 *
 * @throws {TypeError} as the standard does, for an invalid URL, method or header, a body where there may be none, …
 */
export function prepareRequest(input: FetchInput, init: FetchInit | null | undefined): Prepared {
  // As most requests are, and there is nothing else in it that could be wrong.
  if (typeof input === 'string' && (init === undefined || init === null) && isPlainUrl(input)) return { url: input }
  const given = readArguments(input, init)
  const { Request, rawHeaders } = fetchClasses()
  // Request refuses a symbol, of which nothing can be made.
  const own = typeof given.body === 'symbol' ? undefined : readBody(given.body)
  const checked = own === undefined ? given.body : standIn(own)
  const request = new Request(given.input, { ...given.init, ...(checked != null && { body: checked }) } as never)
  const body = own ?? bodyOfRequest(given.input, request)
  const sent: Record<string, unknown> = {}
  for (const member of members) if (isRequest(given.input) || member in given.init) sent[member] = request[member]
  const headers = [...rawHeaders(request.headers)].map(({ name, value }): [string, string] => [name, value])
  const kept = body?.kind === 'form' ? headers.filter(isNotOfForm) : headers
  if (kept.length > 0) sent.headers = kept
  const signal = signalOf(given)
  const { timeout } = given
  return {
    url: request.url,
    ...(Object.keys(sent).length > 0 && { init: sent }),
    ...(body && { body }),
    ...(signal && { signal }),
    ...(timeout !== Number.POSITIVE_INFINITY && { limit: new TimeLimit(timeout, request.url) }),
  }
}

/** An absolute one without credentials, which are not allowed. */
function isPlainUrl(input: string): boolean {
  if (!URL.canParse(input)) return false
  const { username, password } = new URL(input)
  return username === '' && password === ''
}

/** The body that undici's Request was made with, or its stream. Its type is the header's, also if that was taken away. */
function bodyOfRequest(input: string | Request, { headers }: Request): Body | undefined {
  if (typeof input === 'string' || input.body === null) return undefined
  const body = readBody(fetchClasses().sourceOf(input) ?? input.body)
  return body === undefined || headers.has('content-type') ? body : untyped(body)
}

/** A Request has that header from the boundary that it would have used; the loop makes the form anew. */
function isNotOfForm([name, value]: readonly [string, string]): boolean {
  return (
    name.toLowerCase() !== 'content-type' || !value.startsWith('multipart/form-data; boundary=----formdata-undici-')
  )
}

function signalOf({ input, init }: Arguments): AbortSignal | undefined {
  if (init.signal !== undefined) return (init.signal as AbortSignal | null) ?? undefined
  return typeof input === 'string' ? undefined : input.signal
}
