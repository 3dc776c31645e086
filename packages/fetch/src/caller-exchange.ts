import { resolveObjectURL } from 'node:buffer'
import { AbortError, AsyncInSyncError, type CallOptions, type Future, type Stream, TimeoutError } from '@ambisync/core'
import { BodyReader } from './body.ts'
import type { Connection, ExchangeTasks } from './connection.ts'
import type { Answer, SentRequest } from './messages.ts'
import { RemoteBody } from './remote-body.ts'
import { type Prepared, prepareRequest } from './request.ts'
import { blobsOf, type SentBody, sendBlob, sendBody } from './request-body.ts'
import { createResponse, type ResponseHome, type SyncResponse } from './sync-response.ts'
import { TimeLimit } from './timeout.ts'
import type { FetchCallOptions, FetchInit, FetchInput } from './types.ts'

let exchanges = 0

/** The call of the loop that makes an exchange. */
export interface ExchangeCall {
  readonly task: ExchangeTasks['fetch']
  readonly args: readonly [request: SentRequest, body?: never]
}

/** One exchange that goes on at the loop, as the caller's end has it. */
export class CallerExchange {
  /** Blobs whose bytes have to be read before anything is sent, because the adapter does not carry them. */
  readonly blobs: readonly Blob[]
  readonly #connection: Connection
  readonly #prepared: Prepared
  readonly #isBlocking: boolean
  readonly #key = ++exchanges
  readonly #source: Blob | undefined
  #sent: SentBody | undefined
  /** The other end has nothing left to do for it but what the response asks for. */
  #isOver = false

  /**
   * @param isBlocking nothing else of this thread runs until there is an answer
   * @throws {TypeError} for what the standard refuses; nothing has been sent then
   */
  constructor(
    connection: Connection,
    options: FetchCallOptions,
    isBlocking: boolean,
    input: FetchInput,
    init: FetchInit | null | undefined,
  ) {
    const prepared = withOptions(prepareRequest(input, init), options)
    const { runsOn, transfer, closures } = connection.adapter.capabilities
    const isStuck = isBlocking && runsOn !== "caller's thread"
    if (isStuck && prepared.body?.kind === 'async iterable') throw asyncBody()
    if (prepared.signal?.aborted) throw prepared.signal.reason
    if (prepared.limit?.remaining() === 0) throw prepared.limit.error()
    this.#connection = connection
    this.#prepared = prepared
    this.#isBlocking = isBlocking
    // Such a URL means nothing to another thread.
    this.#source = prepared.url.startsWith('blob:') ? resolveObjectURL(prepared.url) : undefined
    // Where memory can be moved, messages are structured clones, which may have Blobs in them.
    this.blobs = transfer || closures ? [] : [...blobsOf(prepared.body), ...(this.#source ? [this.#source] : [])]
  }

  /** @param contents the bytes of the `blobs` */
  call(contents: readonly Uint8Array[]): ExchangeCall {
    const { adapter, pool } = this.#connection
    const { streams, resident } = adapter.capabilities
    const { url, init, body } = this.#prepared
    const tasks = this.#connection.tasks()
    const request: SentRequest = {
      key: this.#key,
      url,
      ...(this.#source && { source: sendBlob(this.#source, contents.at(-1)) }),
      ...(init && { init }),
      ...(pool && { pool }),
      ...(!(streams && resident) && { whole: true }),
      // A blocking call that nothing limits is not left before there is an answer.
      ...((!this.#isBlocking || isLimited(this.#prepared)) && { mayBeCancelled: true }),
    }
    const task = limited(tasks.fetch, this.#prepared)
    if (body === undefined) return { task, args: [request] }
    this.#sent = sendBody(body, contents, adapter)
    return { task, args: [request, this.#sent as never] }
  }

  respond(answer: Answer): SyncResponse {
    this.#isOver = true
    const connection = this.#connection
    const home: ResponseHome = {
      parseForm: (bytes, contentType) => connection.tasks().parseForm.sync(bytes, contentType),
    }
    if (!answer.hasBody) return createResponse(answer, undefined, home)
    const rest = answer.more && (this.#rest() as Future<Stream<Uint8Array, void>>)
    const key = this.#key
    const prepared = this.#prepared
    const source = new RemoteBody(answer, rest, {
      translate: (error) => translated(error, prepared),
      abandon: () => void connection.tasks().cancel.submit(key),
    })
    return createResponse(answer, new BodyReader(source), home)
  }

  /** What is thrown for an error of the call. */
  fail(error: unknown): unknown {
    this.#isOver ||= !(error instanceof TimeoutError || error instanceof AbortError)
    return translated(error, this.#prepared)
  }

  /** To be called in any case, also when a future was cancelled. */
  leave(): void {
    const sent = this.#sent
    if (typeof sent === 'object' && 'kind' in sent && sent.kind === 'chunks') sent.close()
    if (this.#isOver || !this.#connection.adapter.capabilities.resident) return
    this.#isOver = true
    this.#connection.tasks().cancel.submit(this.#key)
  }

  /** Asked for at once: then core ends the exchange when the response is forgotten. */
  #rest(): Future<unknown> {
    return limited(this.#connection.tasks().body, this.#prepared).submit(this.#key)
  }
}

function withOptions(prepared: Prepared, { signal, timeout }: FetchCallOptions): Prepared {
  if (signal === undefined && timeout === undefined) return prepared
  const signals = [prepared.signal, signal].filter((each) => each !== undefined)
  const limits = [prepared.limit, timeout === undefined ? undefined : new TimeLimit(timeout, prepared.url)]
  const [limit] = limits
    .filter((each) => each?.remaining() !== undefined)
    .sort((a, b) => Number(a?.remaining()) - Number(b?.remaining()))
  return {
    ...prepared,
    ...(signals.length > 0 && { signal: signals.length === 1 ? signals[0] : AbortSignal.any(signals) }),
    ...(limit && { limit }),
  }
}

function isLimited({ signal, limit }: Prepared): boolean {
  return signal !== undefined || limit !== undefined
}

function limited<T extends { with(options: CallOptions): unknown }>(task: T, prepared: Prepared): T {
  if (!isLimited(prepared)) return task
  const { signal, limit } = prepared
  const timeout = limit?.remaining()
  return task.with({ ...(signal && { signal }), ...(timeout !== undefined && { timeout }) }) as T
}

function translated(error: unknown, { signal, limit }: Prepared): unknown {
  if (error instanceof AbortError && signal?.aborted) return signal.reason
  if (error instanceof TimeoutError && limit !== undefined) return limit.error()
  return error instanceof AsyncInSyncError ? asyncBody(error) : error
}

function asyncBody(cause?: unknown): AsyncInSyncError {
  const why = 'nothing of this thread runs while it is blocked, so the next chunk would never come'
  const advice = 'use fetch.async, await fetch.submit, or give bytes, text, a Blob, or an iterable that is not async'
  return new AsyncInSyncError(`a body that is an async iterable cannot be sent by blocking: ${why}; ${advice}`, {
    ...(cause !== undefined && { cause }),
  })
}
