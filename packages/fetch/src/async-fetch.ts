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
  const { signal, expiry } = limitedBy(signals, limit)
  const request = {
    ...(native.needsDuplex && { duplex: 'half' }),
    ...own,
    ...(native.body !== undefined && { body: native.body }),
    ...(signal && { signal }),
  }
  try {
    const response = await connection
      .here()
      .use((dispatcher) => undici().fetch(given, { ...request, dispatcher } as never))
    if (response.body === null) expiry?.cancel()
    else if (expiry !== undefined) unread.register(response.body, expiry)
    return response
  } catch (error) {
    expiry?.cancel()
    throw error
  }
}

/** Bodies that may still be read, and then have a limit. */
const unread = new FinalizationRegistry<Expiry>((expiry) => expiry.cancel())

/** Longer timers end at once. */
const longestTimer = 2 ** 31 - 1

/** Aborts when a limit is over. */
class Expiry {
  readonly #controller = new AbortController()
  readonly #limit: TimeLimit
  #timer: NodeJS.Timeout | undefined

  constructor(limit: TimeLimit) {
    this.#limit = limit
    this.#wait()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  cancel(): void {
    clearTimeout(this.#timer)
  }

  #wait(): void {
    const remaining = this.#limit.remaining() ?? 0
    if (remaining === 0) {
      this.#controller.abort(this.#limit.error())
      return
    }
    // Its connection keeps the process alive while there is something to wait for.
    this.#timer = setTimeout(() => this.#wait(), Math.min(Math.ceil(remaining), longestTimer)).unref()
  }
}

interface Limited {
  /** One signal for all. */
  readonly signal?: AbortSignal | undefined
  readonly expiry?: Expiry
}

function limitedBy(signals: readonly (AbortSignal | undefined)[], limit: TimeLimit): Limited {
  const given = signals.filter((signal) => signal instanceof AbortSignal)
  if (limit.remaining() === undefined) return { signal: given.length < 2 ? given[0] : AbortSignal.any(given) }
  const expiry = new Expiry(limit)
  return { signal: AbortSignal.any([...given, expiry.signal]), expiry }
}
