import type { DualCall, Future } from '@ambisync/core'
import {
  createFetch,
  type Fetch,
  fetch,
  type Headers,
  type Response,
  type SyncBody,
  type SyncResponse,
} from '@ambisync/fetch'
import { fetch as fetchSync } from '@ambisync/fetch/sync'
import { expectTypeOf } from 'vitest'

expectTypeOf(fetch.sync('')).toEqualTypeOf<SyncResponse>()
expectTypeOf(fetch.async('')).toEqualTypeOf<Promise<Response>>()
expectTypeOf(fetch.submit(new URL('a:'))).toEqualTypeOf<Future<SyncResponse>>()
expectTypeOf(fetch('')).toEqualTypeOf<DualCall<SyncResponse>>()
expectTypeOf(fetch.all(['', ['', { method: 'POST' }]])).toEqualTypeOf<Future<SyncResponse[]>>()
expectTypeOf(fetch.all([''], { returnExceptions: true })).toEqualTypeOf<Future<PromiseSettledResult<SyncResponse>[]>>()
expectTypeOf(fetch.with({ timeout: 1 })).toEqualTypeOf<Fetch>()
expectTypeOf(fetch.auto('')).toEqualTypeOf<SyncResponse | Promise<Response>>()
expectTypeOf(fetch.with({ mode: 'sync' }).auto('')).toEqualTypeOf<SyncResponse>()
expectTypeOf(fetch.with({ mode: 'async' }).with({ timeout: 1 }).auto('')).toEqualTypeOf<Promise<Response>>()
expectTypeOf(createFetch()).toEqualTypeOf<Fetch>()
expectTypeOf(fetchSync('').json()).toEqualTypeOf<unknown>()
expectTypeOf(fetchSync('').json<{ a: number }>().a).toEqualTypeOf<number>()

const response = fetch.sync('')
expectTypeOf(response.headers).toEqualTypeOf<Headers>()
expectTypeOf(response.body).toEqualTypeOf<SyncBody | null>()
expectTypeOf(response.buffer()).toEqualTypeOf<Buffer>()
for (const chunk of response.body ?? []) expectTypeOf(chunk).toEqualTypeOf<Uint8Array>()

// What may be given: of undici and of Node, and chunks.
fetch.sync(new Request('a:'))
fetch.sync('', { method: 'POST', body: new FormData(), headers: response.headers, signal: AbortSignal.timeout(1) })
fetch.sync('', { body: new Blob([]), headers: { a: 'b' }, timeout: 1 })
fetch.sync('', { body: new URLSearchParams(), headers: [['a', 'b']] })
fetch.sync('', { body: [new Uint8Array(0), 'text'] })
fetch.sync('', { body: new ReadableStream<Uint8Array>(), duplex: 'half' })
// @ts-expect-error: it is a property of this thread
fetch.sync('', { dispatcher: {} })
// @ts-expect-error: there is no such option
createFetch({ agent: {} })
// @ts-expect-error: there is none for reading ahead
fetch.with({ readAhead: 1 })
