import { NotSupportedError } from '@ambisync/core'
import type { FormData } from 'undici'
import { hasTag } from './arguments.ts'
import { fetchClasses } from './undici.ts'

/** A body as it goes to the loop. Text, bytes and URLSearchParams go as they are. */
export type SentBody =
  | string
  | Uint8Array
  | URLSearchParams
  | { readonly kind: 'blob'; readonly blob: SentBlob }
  | { readonly kind: 'form'; readonly entries: readonly SentEntry[] }
  | SentChunks

/** The next chunk is asked for by calling back; undefined at the end. `close`: no more will be asked for. */
export interface SentChunks {
  readonly kind: 'chunks'
  readonly next: () => Uint8Array | undefined | Promise<Uint8Array | undefined>
  readonly close: () => void
}

/** A Blob where the adapter clones it, else its bytes. */
export type SentBlob = { readonly blob: Blob } | { readonly bytes: Uint8Array; readonly type: string }

type SentEntry = readonly [name: string, value: string | SentFile]

export interface SentFile {
  readonly content: SentBlob
  readonly name: string
  readonly lastModified: number
}

/** A body on its way. */
export type Body =
  | { readonly kind: 'ready'; readonly sent: SentBody }
  /** The bytes of Blobs can only be read asynchronously: the loop does it, or one that is there for that. */
  | { readonly kind: 'blob'; readonly blob: Blob }
  | { readonly kind: 'form'; readonly entries: readonly (readonly [string, string | Blob])[] }
  | { readonly kind: 'iterable'; readonly iterable: Iterable<unknown> }
  | { readonly kind: 'async iterable'; readonly iterable: AsyncIterable<unknown> }

/** Tells what was given as a body; undefined for none. What it is not known as is text, as in the standard. */
export function readBody(given: unknown): Body | undefined {
  if (given === undefined || given === null) return undefined
  if (typeof given === 'string') return { kind: 'ready', sent: given }
  if (given instanceof URLSearchParams) return { kind: 'ready', sent: given }
  if (ArrayBuffer.isView(given) || hasTag(given, 'ArrayBuffer')) {
    // What is in shared memory is text to undici.
    const isShared = 'buffer' in given && given.buffer instanceof SharedArrayBuffer
    return { kind: 'ready', sent: isShared ? String(given) : bytesOf(given) }
  }
  if (given instanceof Blob) return { kind: 'blob', blob: given }
  if (hasTag(given, 'FormData')) return { kind: 'form', entries: [...(given as FormData)] as [string, string | Blob][] }
  if (typeof given === 'object') {
    if (Symbol.asyncIterator in given) return { kind: 'async iterable', iterable: given as AsyncIterable<unknown> }
    if (Symbol.iterator in given && !(given instanceof String))
      return { kind: 'iterable', iterable: given as Iterable<unknown> }
  }
  return { kind: 'ready', sent: String(given) }
}

/** The same bytes, of which no `content-type` is made. */
export function untyped(body: Body): Body {
  if (body.kind === 'blob') return { kind: 'blob', blob: body.blob.slice() }
  if (body.kind !== 'ready') return body
  const { sent } = body
  const isText = typeof sent === 'string' || sent instanceof URLSearchParams
  return isText ? { kind: 'ready', sent: new TextEncoder().encode(String(sent)) } : body
}

/**
 * What stands for the body where undici checks a request: it has a body, of known length or not, and no type. The type
 * is found where the body is.
 */
export function standIn(body: Body): unknown {
  if (body.kind !== 'async iterable') return new Uint8Array(0)
  // A stream that is locked or was read from is refused.
  if (body.iterable instanceof ReadableStream) return body.iterable
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }
}

/** The very bytes: a clone of a view takes all of its buffer along. */
function bytesOf(given: object): Uint8Array {
  if (!ArrayBuffer.isView(given)) return new Uint8Array(given as ArrayBuffer)
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  return bytes.byteLength === given.buffer.byteLength ? bytes : bytes.slice()
}

/** What a chunk is, as undici has it of async iterables: bytes, or what `Buffer.from` makes bytes of. */
function chunkOf(value: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(value as Uint8Array))
}

/** The Blobs in a body, in order. */
export function blobsOf(body: Body | undefined): readonly Blob[] {
  if (body?.kind === 'blob') return [body.blob].map(withoutName)
  if (body?.kind !== 'form') return []
  return body.entries.flatMap(([, value]) => (typeof value === 'string' ? [] : [withoutName(value)]))
}

/** @param contents its bytes, where a Blob cannot cross */
export function sendBlob(blob: Blob, contents: Uint8Array | undefined): SentBlob {
  return contents === undefined ? { blob: withoutName(blob) } : { bytes: contents, type: blob.type }
}

/**
 * A Blob of a file, which `fs.openAsBlob` gives, stays in its thread: one that was made of it, a slice or a form's entry, goes
 * to another, where reading it ends the process (Node.js 20 to 26), and cannot be told from others.
 *
 * @throws {NotSupportedError} for a Blob of a file
 */
export function checkBlob(blob: Blob): void {
  if (blob instanceof File) return
  try {
    structuredClone(blob)
  } catch (cause) {
    const remedy = 'give its bytes, an iterable of chunks, or use fetch.async'
    throw new NotSupportedError(`a Blob of a file cannot go to the loop: ${remedy}`, { cause })
  }
}

/** A File cannot be cloned, but as a Blob. */
function withoutName(blob: Blob): Blob {
  return blob instanceof File ? blob.slice(0, blob.size, blob.type) : blob
}

interface Carrier {
  readonly name: string
  readonly capabilities: { readonly callbacks?: true }
}

/**
 * Makes of a body what can cross to the loop.
 *
 * @param contents the bytes of its Blobs, where those cannot
 * @throws {NotSupportedError} for an async iterable where the adapter carries no callbacks
 */
export function sendBody(body: Body, contents: readonly Uint8Array[], carrier: Carrier): SentBody {
  let next = 0
  switch (body.kind) {
    case 'ready':
      return body.sent
    case 'blob':
      return { kind: 'blob', blob: sendBlob(body.blob, contents[next]) }
    case 'form':
      return {
        kind: 'form',
        entries: body.entries.map(([name, value]): SentEntry => {
          if (typeof value === 'string') return [name, value]
          const { name: file, lastModified } = value as File
          return [name, { content: sendBlob(value, contents[next++]), name: file, lastModified }]
        }),
      }
    case 'async iterable':
      return sendAsyncIterable(body.iterable, carrier)
    case 'iterable':
      return sendIterable(body.iterable, carrier)
  }
}

function sendAsyncIterable(iterable: AsyncIterable<unknown>, { name, capabilities }: Carrier): SentBody {
  if (!capabilities.callbacks) {
    const why = `the ${name} adapter carries no callbacks, by which its chunks are asked for`
    throw new NotSupportedError(`a body that is an async iterable is not supported: ${why}; give bytes`)
  }
  const iterator = iterable[Symbol.asyncIterator]()
  let isOver = false
  return {
    kind: 'chunks',
    async next() {
      isOver = true
      const { done, value } = await iterator.next()
      isOver = done === true
      return done ? undefined : chunkOf(value)
    },
    close() {
      if (isOver) return
      isOver = true
      // What its end throws concerns nobody any more.
      void (async () => iterator.return?.())().catch(() => {})
    },
  }
}

function sendIterable(iterable: Iterable<unknown>, { capabilities }: Carrier): SentBody {
  if (!capabilities.callbacks) return concatenated(iterable)
  const iterator = iterable[Symbol.iterator]()
  // As a `for` loop: an iterator that has ended, or thrown, is not told of its end.
  let isOver = false
  return {
    kind: 'chunks',
    next() {
      isOver = true
      const { done, value } = iterator.next()
      isOver = done === true
      return done ? undefined : chunkOf(value)
    },
    close() {
      if (isOver) return
      isOver = true
      try {
        iterator.return?.()
      } catch {
        // There is an outcome already.
      }
    },
  }
}

function concatenated(iterable: Iterable<unknown>): Uint8Array {
  try {
    return new Uint8Array(Buffer.concat([...iterable].map(chunkOf)))
  } catch (cause) {
    // As it is where the chunks are asked for one by one.
    throw new TypeError('fetch failed', { cause })
  }
}

/** A body for undici on this thread: where its own would take it for text, something else. */
export function nativeBody(given: unknown): { readonly body: unknown; readonly needsDuplex: boolean } {
  const body = readBody(given)
  if (body?.kind === 'form') {
    const { FormData } = fetchClasses()
    return { body: given instanceof FormData ? given : formOf(body.entries), needsDuplex: false }
  }
  if (body?.kind !== 'iterable') return { body: given, needsDuplex: false }
  const { iterable } = body
  async function* chunks(): AsyncGenerator<unknown, void, undefined> {
    yield* iterable
  }
  return { body: chunks(), needsDuplex: true }
}

export function formOf(entries: Iterable<readonly [string, string | Blob]>): FormData {
  const form = new (fetchClasses().FormData)()
  for (const [name, value] of entries) form.append(name, value)
  return form
}
