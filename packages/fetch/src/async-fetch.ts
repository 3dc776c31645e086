import type { Response } from 'undici'
import { isRequest, readArguments } from './arguments.ts'
import type { Connection } from './connection.ts'
import { nativeBody } from './request-body.ts'
import { TimeLimit } from './timeout.ts'
import type { FetchCallOptions, FetchInit, FetchInput } from './types.ts'
import { undici } from './undici.ts'

/** undici's own fetch, on this thread. */
export async function fetchHere(
  connection: Connection,
  options: FetchCallOptions,
  input: FetchInput,
  init: FetchInit | null | undefined,
): Promise<Response> {
  const { input: given, init: own, body, timeout } = readArguments(input, init)
  const native = nativeBody(body)
  const timeouts = [timeout, options.timeout ?? Number.POSITIVE_INFINITY]
  const limit = new TimeLimit(Math.min(...timeouts), isRequest(given) ? given.url : given)
  const signals = [
    (own.signal ?? (isRequest(given) ? given.signal : undefined)) as AbortSignal | undefined,
    options.signal,
  ]
  const signal = limitedBy(signals, limit)
  const dispatcher = connection.dispatcher()
  return await undici().fetch(given, {
    ...(native.needsDuplex && { duplex: 'half' }),
    ...own,
    ...(native.body !== undefined && { body: native.body }),
    ...(signal && { signal }),
    dispatcher,
  } as never)
}

/** One signal for all. */
function limitedBy(signals: readonly (AbortSignal | undefined)[], limit: TimeLimit): AbortSignal | undefined {
  const given = signals.filter((signal) => signal instanceof AbortSignal)
  const remaining = limit.remaining()
  if (remaining === undefined) return given.length < 2 ? given[0] : AbortSignal.any(given)
  const controller = new AbortController()
  const expire = (): void => controller.abort(limit.error())
  if (remaining === 0) expire()
  // Its connection keeps the process alive while there is something to wait for.
  else setTimeout(expire, remaining).unref()
  return AbortSignal.any([...given, controller.signal])
}
