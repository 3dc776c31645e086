import { gather } from '@ambisync/core'
import { CallerExchange } from './caller-exchange.ts'
import type { Connection } from './connection.ts'
import { blobReader } from './read-blob.ts'
import type { SyncResponse } from './sync-response.ts'
import type { FetchCallOptions, FetchInit, FetchInput } from './types.ts'

/*
 * A fetch on the loop, twice: as a plain function that blocks, which costs less and leaves room in an error's stack for the
 * caller's own frames, and as a generator function, which is the same by `yield*`.
 */

export function fetchBlocking(
  connection: Connection,
  options: FetchCallOptions,
  input: FetchInput,
  init: FetchInit | undefined,
): SyncResponse {
  const exchange = new CallerExchange(connection, options, true, input, init)
  const { blobs } = exchange
  const contents = blobs.length === 0 ? [] : gather(blobs.map((blob) => blobReader().submit(blob))).result()
  const { task, args } = exchange.call(contents)
  try {
    return exchange.respond(task.sync(...args))
  } catch (error) {
    throw exchange.fail(error)
  } finally {
    exchange.leave()
  }
}

export function* fetchOnLoop(
  connection: Connection,
  options: FetchCallOptions,
  input: FetchInput,
  init: FetchInit | undefined,
): Generator<PromiseLike<unknown>, SyncResponse, unknown> {
  const exchange = new CallerExchange(connection, options, false, input, init)
  const { blobs } = exchange
  const contents = blobs.length === 0 ? [] : yield* gather(blobs.map((blob) => blobReader()(blob)))
  const { task, args } = exchange.call(contents)
  try {
    return exchange.respond(yield* task(...args))
  } catch (error) {
    throw exchange.fail(error)
  } finally {
    exchange.leave()
  }
}
