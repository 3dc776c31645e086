import { concatenate } from './incoming-body.ts'

/** Where the chunks of a response's body come from. */
export interface ChunkSource {
  /** The next one, undefined at the end. Blocks until it is there. */
  next(): Uint8Array | undefined
  /** No more will be asked for. */
  close(): void
}

/** A chunk, or the end, in a list that grows as it is read. What no reader has still to read, nobody holds. */
interface Place {
  chunk?: Uint8Array | undefined
  /** What ended the body here. */
  failure?: { readonly error: unknown }
  next?: Place
}

/** What clones of a response have in common. */
interface Shared {
  readonly source: ChunkSource
  readers: number
  /** More than one has been there, so chunks must not be the same object. */
  wasCloned: boolean
}

/** The body of one response, read once. */
export class BodyReader {
  readonly #shared: Shared
  #place: Place
  #used = false
  #isBeingRead = false
  #open = true

  constructor(source: ChunkSource, from?: { readonly shared: Shared; readonly place: Place }) {
    this.#shared = from?.shared ?? { source, readers: 1, wasCloned: false }
    this.#place = from?.place ?? {}
  }

  /** Reading it has begun. */
  get used(): boolean {
    return this.#used
  }

  /** @throws {TypeError} as the standard, if it has been read, or is being read */
  begin(): void {
    if (this.#used) throw new TypeError('Body is unusable: Body has already been read')
    this.#used = true
    this.#isBeingRead = true
  }

  /**
   * As iterating a stream begins: one that was read as a whole stays locked, one that was iterated has come to its end.
   *
   * @throws {TypeError} `ERR_INVALID_STATE` if it is locked
   */
  beginChunks(): void {
    if (this.#isBeingRead) {
      throw Object.assign(new TypeError('Invalid state: ReadableStream is locked'), { code: 'ERR_INVALID_STATE' })
    }
    this.#used = true
    this.#isBeingRead = true
  }

  /** One more reader of the same chunks. */
  tee(): BodyReader {
    const shared = this.#shared
    shared.readers++
    shared.wasCloned = true
    return new BodyReader(shared.source, { shared, place: this.#place })
  }

  /** Blocks until there is a chunk; undefined at the end. */
  read(): Uint8Array | undefined {
    if (!this.#open) return undefined
    const place = this.#place
    if (place.next === undefined) {
      const { source } = this.#shared
      try {
        place.chunk = source.next()
      } catch (error) {
        place.failure = { error }
      }
      place.next = {}
    }
    if (place.failure !== undefined) throw place.failure.error
    const { chunk } = place
    if (chunk === undefined) return undefined
    this.#place = place.next
    return this.#shared.wasCloned ? chunk.slice() : chunk
  }

  readAll(): Uint8Array {
    this.begin()
    const chunks: Uint8Array[] = []
    for (let next = this.read(); next !== undefined; next = this.read()) chunks.push(next)
    return concatenate(chunks)
  }

  close(): void {
    this.#isBeingRead = false
    // What has failed is over, and fails whoever reads it again.
    if (!this.#open || this.#place.failure !== undefined) return
    this.#open = false
    if (--this.#shared.readers === 0) this.#shared.source.close()
  }
}

/**
 * The body of a {@link SyncResponse}, as it arrives: each step of a `for` loop blocks until there is a chunk. Leaving the
 * loop ends the exchange.
 */
export class SyncBody implements Iterable<Uint8Array> {
  readonly #reader: BodyReader

  constructor(reader: BodyReader) {
    this.#reader = reader
  }

  /** @throws {TypeError} if the body was read as a whole, or is being read */
  [Symbol.iterator](): Generator<Uint8Array, void, undefined> {
    this.#reader.beginChunks()
    return chunksOf(this.#reader)
  }
}

function* chunksOf(reader: BodyReader): Generator<Uint8Array, void, undefined> {
  try {
    for (let chunk = reader.read(); chunk !== undefined; chunk = reader.read()) yield chunk
  } finally {
    reader.close()
  }
}
