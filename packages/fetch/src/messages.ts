import type { ConnectionOptions } from './options.ts'
import type { SentBlob } from './request-body.ts'

/** What the two ends say to each other, beside the body of a request. */

/** One exchange, for the loop. */
export interface SentRequest {
  /** Names the exchange from now on; counted by the caller's thread. */
  readonly key: number
  readonly url: string
  /** What a `blob:` URL of the caller's thread stands for. */
  readonly source?: SentBlob
  readonly init?: Readonly<Record<string, unknown>>
  /** The connections to use; left out for undici's defaults. */
  readonly pool?: Pool
  /** The answer has to have the whole body: nothing of this exchange can be asked for later. */
  readonly whole?: true
  /** The caller may give it up before there is an answer. */
  readonly mayBeCancelled?: true
}

/** Connections that are shared by the exchanges of one `createFetch`. */
export interface Pool {
  readonly id: number
  readonly options: ConnectionOptions
}

/** The head of a response, and what of its body was there with it. */
export interface Answer {
  readonly status: number
  readonly statusText: string
  readonly type: string
  readonly url: string
  readonly redirected: boolean
  /** Names and values in turns: one flat list is cloned faster than many pairs. */
  readonly headers: readonly string[]
  /** The standard's `body` is not null. */
  readonly hasBody: boolean
  readonly bytes?: Uint8Array
  /** The whole body, in place of `bytes`, where it is short and ASCII: text crosses faster, and need not be decoded. */
  readonly text?: string
  /** There is more to come: to be had from the task `body`. */
  readonly more?: true
  /** What ended the body after `bytes`. */
  readonly failure?: { readonly error: unknown }
}

/** An entry of a form as it was parsed on the loop. */
export type ParsedEntry = readonly [
  name: string,
  value:
    | string
    | { readonly bytes: Uint8Array; readonly name: string; readonly type: string; readonly lastModified: number },
]
