/** The task module: HTTP exchanges on the loop. */
import { isAscii } from 'node:buffer'
import { LoopExitError } from '@ambisync/core'
import type { Dispatcher, Response } from 'undici'
import { Cancellation, type DirectResponse, directly } from './direct-response.ts'
import { type Collected, collect, concatenate, IncomingBody, type Reader } from './incoming-body.ts'
import { registerErrors } from './known-errors.ts'
import type { Answer, ParsedEntry, Pool, SentRequest } from './messages.ts'
import { blobOf, type OutgoingBody, outgoingBody } from './outgoing-body.ts'
import type { SentBody } from './request-body.ts'
import { provideExchanges } from './same-realm.ts'
import { hurryScavenge } from './scavenge.ts'
import { SharedDispatcher } from './shared-dispatcher.ts'
import { fetchClasses, loadFetch } from './undici.ts'

registerErrors()

const fetchStandard = loadFetch()

/** Most bytes of a body that go with its head. */
const mostWithHead = 64 * 1_024

/** Longest body, in bytes, that goes as text if it is ASCII. */
const longestText = 16 * 1_024

/** Exchanges that have no answer yet, and may be given up. */
const controllers = new Map<number, AbortController | Cancellation>()
/** Bodies that have been begun, and that nobody has asked for yet. */
const bodies = new Map<number, IncomingBody>()
/** By the number of the `createFetch` that they are of; 0 for undici's defaults. */
const pools = new Map<number, SharedDispatcher>()

/** One exchange: the head of its response, with what of the body is there at once. */
export async function fetch(request: SentRequest, sent?: SentBody): Promise<Answer> {
  const { key, init, mayBeCancelled, source } = request
  const local = source && URL.createObjectURL(blobOf(source))
  const outgoing = outgoingBody(sent)
  const isDirect = mayBeDirect(request, outgoing)
  const controller = mayBeCancelled && (isDirect ? new Cancellation() : new AbortController())
  if (controller) controllers.set(key, controller)
  try {
    const start = (dispatcher: Pick<Dispatcher, 'dispatch'>): Promise<Response> =>
      fetchStandard(local ?? request.url, {
        ...init,
        ...(outgoing.body !== undefined && { body: outgoing.body as never }),
        ...(outgoing.done && { duplex: 'half' }),
        ...(controller instanceof AbortController && { signal: controller.signal }),
        dispatcher: dispatcher as Dispatcher,
      })
    const response = await poolOf(request.pool).use((dispatcher) => {
      if (!isDirect) return start(dispatcher)
      // One of the two is never settled.
      return new Promise<Response | DirectResponse>((resolve, reject) => {
        const cancellation = controller instanceof Cancellation ? controller : undefined
        start(directly(dispatcher, init?.method, cancellation, resolve)).then(resolve, reject)
      })
    })
    if ('hasBody' in response) return await directAnswerOf(request, response)
    return await answerOf(request, response, outgoing)
  } catch (error) {
    throw outgoing.refusal?.() ?? error
  } finally {
    if (controller) controllers.delete(key)
    if (local !== undefined) URL.revokeObjectURL(local)
  }
}

/** Of the members of an init, only these do not concern what comes back. */
const plainMembers: readonly string[] = ['method', 'headers']

function mayBeDirect({ url, init = {} }: SentRequest, { done }: OutgoingBody): boolean {
  return done === undefined && /^https?:/i.test(url) && Object.keys(init).every((name) => plainMembers.includes(name))
}

async function directAnswerOf({ key, url, whole }: SentRequest, response: DirectResponse): Promise<Answer> {
  const { status, statusText, headers, hasBody } = response
  const { href, hash } = new URL(url)
  const shown = hash === '' && !href.endsWith('#') ? href : href.slice(0, href.indexOf('#'))
  const head = { status, statusText, type: 'basic', url: shown, redirected: false, headers }
  if (!hasBody) return { ...head, hasBody }
  const body = new IncomingBody(response)
  const chunks = response.whole()
  if (chunks !== undefined) return withBody(head, body, key, { chunks, state: 'ended' })
  return withBody(head, body, key, await collectFirst(body, whole === true, { body: undefined }))
}

async function answerOf(
  { key, whole, source, url: requested }: SentRequest,
  response: Response,
  outgoing: OutgoingBody,
): Promise<Answer> {
  const headers: string[] = []
  for (const [name, value] of response.headers) headers.push(name, value)
  const { status, statusText, type, url, redirected } = response
  const head = { status, statusText, type, url: source ? requested : url, redirected, headers }
  if (response.body === null) return { ...head, hasBody: false }
  const body = new IncomingBody(response.body.getReader() as Reader)
  return withBody(head, body, key, await collectFirst(body, whole === true, outgoing))
}

function withBody(
  head: Omit<Answer, 'hasBody'>,
  body: IncomingBody,
  key: number,
  { chunks, state }: Collected,
): Answer {
  if (state === 'more') bodies.set(key, body)
  const bytes = concatenate(chunks)
  if (state === 'ended' && bytes.byteLength <= longestText && isAscii(bytes)) {
    return { ...head, hasBody: true, text: textOf(bytes) }
  }
  return {
    ...head,
    hasBody: true,
    ...(chunks.length > 0 && { bytes }),
    ...(state === 'more' && { more: true }),
    ...(typeof state === 'object' && { failure: state }),
  }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('latin1')
}

/** A slow body does not hold the head back: it has one turn of the event loop. */
async function collectFirst(body: IncomingBody, whole: boolean, { done }: OutgoingBody): Promise<Collected> {
  if (whole) return collect(body, undefined, () => false)
  if (done === undefined) return collect(body, nextTurn(), (size) => size >= mostWithHead)
  // The caller gives the rest of what is sent only while this call lasts, and the server may wait until it is heard.
  return collect(body, done.then(nextTurn), () => false)
}

function nextTurn(): Promise<undefined> {
  return new Promise((resolve) => setImmediate(resolve, undefined))
}

/** The rest of a body, once. Closing it ends the exchange, also while a chunk is being waited for. */
export function body(key: number): AsyncGenerator<Uint8Array, void, undefined> {
  const found = bodies.get(key)
  if (found === undefined) throw new LoopExitError('the loop that was receiving the body has ended')
  bodies.delete(key)
  return generatorOf(found)
}

/** Not a generator function's, which would be closed only when the chunk that it waits for has come. */
function generatorOf(incoming: IncomingBody): AsyncGenerator<Uint8Array, void, undefined> {
  const close = async (): Promise<IteratorResult<Uint8Array, void>> => {
    await incoming.cancel()
    return { done: true, value: undefined }
  }
  return {
    async next() {
      const { done, value } = await incoming.take()
      if (done || value === undefined) return { done: true, value: undefined }
      // It has been received, and will be sent: there are two more copies.
      for (let copies = 0; copies < 2; copies++) hurryScavenge(value.byteLength)
      return { done: false, value }
    },
    return: close,
    async throw(reason) {
      await close()
      throw reason
    },
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: async () => void (await close()),
    [Symbol.toStringTag]: 'AsyncGenerator',
  } as AsyncGenerator<Uint8Array, void, undefined>
}

/** Nobody waits for this exchange any more. */
export function cancel(key: number): void {
  controllers.get(key)?.abort()
  void bodies.get(key)?.cancel()
  bodies.delete(key)
}

/** The entries of a form, by undici's own parser. */
export async function parseForm(bytes: Uint8Array, contentType: string | null): Promise<ParsedEntry[]> {
  const init = contentType === null ? {} : { headers: { 'content-type': contentType } }
  const form = await new (fetchClasses().Response)(bytes, init).formData()
  return await Promise.all(
    [...form].map(async ([name, value]): Promise<ParsedEntry> => {
      if (typeof value === 'string') return [name, value]
      const bytes = new Uint8Array(await value.arrayBuffer())
      return [name, { bytes, name: value.name, type: value.type, lastModified: value.lastModified }]
    }),
  )
}

function poolOf(pool: Pool | undefined): SharedDispatcher {
  const id = pool?.id ?? 0
  const known = pools.get(id)
  if (known !== undefined) return known
  const shared = new SharedDispatcher(pool?.options)
  pools.set(id, shared)
  return shared
}

provideExchanges({
  cancel,
  closePool(id) {
    pools.get(id)?.close()
    pools.delete(id)
  },
  destroyPool(id) {
    const pool = pools.get(id)
    pools.delete(id)
    pool?.destroy()
  },
})
