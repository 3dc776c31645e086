import type { Dispatcher } from 'undici'
import type { Read, Reader } from './incoming-body.ts'

/*
 * A short way for plain responses. undici's fetch makes the request, with all that the standard says of it, and is given a
 * dispatcher that looks at the head of what comes: where the standard only passes status, headers and bytes on, they are
 * taken here, and none of the streams is made that cost more than all the rest. Then that fetch is never settled. What
 * redirects, is encoded, asks for credentials, or is the answer to a second request goes to it as ever.
 */

/** What undici calls on whoever dispatches a request. */
interface Handler {
  onConnect(abort: (reason?: Error) => void): void
  onHeaders(status: number, headers: readonly RawHeader[], resume: () => void, statusText: string): boolean
  onData(chunk: Uint8Array): boolean
  onComplete(trailers: unknown): void
  onError(error: Error): void
  onResponseStarted?(): void
  onUpgrade?(...args: readonly unknown[]): unknown
}

type RawHeader = Buffer | readonly Buffer[]

/** Those of which the standard makes more than it is told. */
const specialStatuses: readonly number[] = [101, 301, 302, 303, 307, 308, 401, 407, 421]
const withoutBody: readonly number[] = [204, 205, 304]

/** How much is received before it is asked for, in bytes. */
const mostAhead = 64 * 1_024

/** A response of which nothing is changed on the way. */
export class DirectResponse implements Reader {
  readonly status: number
  readonly statusText: string
  /** Names in lower case and values, in turns. */
  readonly headers: readonly string[]
  readonly hasBody: boolean
  readonly #resume: () => void
  readonly #abort: (reason?: Error) => void
  readonly #chunks: Uint8Array[] = []
  #size = 0
  #end: { readonly error?: unknown } | undefined
  #isPaused = false
  #arrived: (() => void) | undefined

  constructor(
    head: Pick<DirectResponse, 'headers' | 'hasBody' | 'status' | 'statusText'>,
    resume: () => void,
    abort: (reason?: Error) => void,
  ) {
    this.status = head.status
    this.statusText = head.statusText
    this.headers = head.headers
    this.hasBody = head.hasBody
    this.#resume = resume
    this.#abort = abort
  }

  /** False for no more for now. */
  push(chunk: Uint8Array): boolean {
    if (this.#end !== undefined) {
      // It was left between two attempts, and this is the second one.
      this.#abort(aborted())
      return true
    }
    if (!this.hasBody) return true
    // Its memory is undici's.
    this.#chunks.push(new Uint8Array(chunk))
    this.#size += chunk.byteLength
    this.#arrived?.()
    this.#isPaused = this.#size >= mostAhead
    return !this.#isPaused
  }

  finish(end: { readonly error?: unknown }): void {
    this.#end ??= end
    this.#arrived?.()
  }

  /** All of it, where it has come to its end already, as a short one has. */
  whole(): readonly Uint8Array[] | undefined {
    return this.#end === undefined || 'error' in this.#end ? undefined : this.#chunks
  }

  async cancel(): Promise<void> {
    if (this.#end !== undefined) return
    this.finish({})
    this.#abort(aborted())
  }

  /** One at a time. */
  async read(): Promise<Read> {
    while (this.#chunks.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve
      })
      this.#arrived = undefined
    }
    const value = this.#chunks.shift()
    if (value !== undefined) {
      this.#size -= value.byteLength
      if (this.#isPaused && this.#size < mostAhead) {
        this.#isPaused = false
        this.#resume()
      }
      return { done: false, value }
    }
    if (this.#end !== undefined && 'error' in this.#end) throw this.#end.error
    return { done: true }
  }
}

/** Ends an exchange of which nobody wants to know any more, without an AbortSignal, which takes some time to make. */
export class Cancellation {
  #abort: ((reason?: Error) => void) | undefined
  #isCancelled = false

  connected(abort: (reason?: Error) => void): void {
    this.#abort = abort
    if (this.#isCancelled) this.abort()
  }

  abort(): void {
    this.#isCancelled = true
    this.#abort?.(aborted())
  }
}

function aborted(): DOMException {
  return new DOMException('The operation was aborted.', 'AbortError')
}

/** A dispatcher for one fetch, which calls `found` where the response to its first request is a plain one. */
export function directly(
  dispatcher: Dispatcher,
  method: unknown,
  cancellation: Cancellation | undefined,
  found: (response: DirectResponse) => void,
): Pick<Dispatcher, 'dispatch'> {
  let isFirst = true
  return {
    dispatch(options, handler) {
      const own = handler as unknown as Handler
      const { onConnect } = own
      if (cancellation !== undefined) {
        own.onConnect = (abort) => {
          onConnect.call(own, abort)
          cancellation.connected(abort)
        }
      }
      const used = isFirst ? directHandler(own, method === 'HEAD', found) : own
      isFirst = false
      return dispatcher.dispatch(options, used as never)
    },
  }
}

function directHandler(handler: Handler, isHead: boolean, found: (response: DirectResponse) => void): Handler {
  let abort: (reason?: Error) => void = () => {}
  let direct: DirectResponse | undefined
  return {
    onConnect(given) {
      abort = given
      handler.onConnect(given)
    },
    onResponseStarted: () => handler.onResponseStarted?.(),
    onHeaders(status, raw, resume, statusText) {
      // What comes before the response says nothing; interceptors would take `false` for a pause.
      if (status < 200 && status !== 101) return true
      const headers = specialStatuses.includes(status) ? undefined : plainHeaders(raw)
      if (headers === undefined) return handler.onHeaders(status, raw, resume, statusText)
      const hasBody = !isHead && !withoutBody.includes(status)
      // Of the attempt that is under way then.
      direct = new DirectResponse({ status, statusText, headers, hasBody }, resume, (reason) => abort(reason))
      found(direct)
      return true
    },
    onData: (chunk) => (direct === undefined ? handler.onData(chunk) : direct.push(chunk)),
    onComplete(trailers) {
      if (direct === undefined) handler.onComplete(trailers)
      else direct.finish({})
    },
    onError(error) {
      if (direct === undefined) handler.onError(error)
      else direct.finish({ error: new TypeError('terminated', { cause: error }) })
    },
    onUpgrade: (...args) => handler.onUpgrade?.(...args),
  }
}

/** Undefined where the body is encoded. */
function plainHeaders(raw: readonly RawHeader[]): readonly string[] | undefined {
  const headers: string[] = []
  for (let index = 0; index < raw.length; index += 2) {
    const name = String(raw[index]).toLowerCase()
    if (name === 'content-encoding') return undefined
    const value = raw[index + 1]
    for (const each of Array.isArray(value) ? value : [value]) headers.push(name, each.toString('latin1'))
  }
  return headers
}
