import type { CallOptions } from '@ambisync/core'
import type { FormData, HeadersInit, Request, RequestInit } from 'undici'

/** A Request of another implementation of the standard, such as Node's own. */
export interface RequestLike {
  readonly url: string
  readonly method: string
  readonly headers: Iterable<[string, string]>
  readonly body: AsyncIterable<unknown> | null
  readonly bodyUsed: boolean
  readonly signal: AbortSignal
}

/** What is requested: a URL, or a Request of undici's or of Node's own. */
export type FetchInput = string | URL | Request | RequestLike

/** A FormData of another implementation, such as Node's own. */
export interface FormDataLike {
  readonly [Symbol.toStringTag]: string
  entries(): Iterable<[string, unknown]>
  getAll(name: string): unknown[]
}

/**
 * What can be sent. Of an iterable, async or not, each item is a chunk: bytes, or text. In the blocking forms nothing of
 * this thread's event loop runs, so there an async iterable, a `ReadableStream` for one, is an `AsyncInSyncError`.
 */
export type FetchBody =
  | string
  | ArrayBuffer
  | NodeJS.ArrayBufferView
  | URLSearchParams
  | Blob
  | FormData
  | FormDataLike
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>

/** The second argument: the standard's, and a time limit. */
export interface FetchInit extends Omit<RequestInit, 'body' | 'dispatcher' | 'headers' | 'window'> {
  readonly body?: FetchBody | null | undefined
  readonly headers?: HeadersInit | Iterable<readonly [string, string]> | undefined
  readonly window?: null | undefined
  /**
   * Longest time for the whole exchange, in milliseconds: until the body has been read to its end. When it is up,
   * whatever is waited for fails with a `TimeoutError`, in every mode. `0` does not wait: it fails before anything is
   * sent. `undefined` and `Infinity`: no limit but those of undici (`headersTimeout`, `bodyTimeout`).
   */
  readonly timeout?: number | undefined
}

/** Options of calls, set by `fetch.with`. */
export interface FetchCallOptions extends Pick<CallOptions, 'mode' | 'signal' | 'timeout'> {}
