import type { Future, Stream } from '@ambisync/core'
import type { ChunkSource } from './body.ts'
import type { Answer } from './messages.ts'
import { hurryScavenge } from './scavenge.ts'

/** What a body needs of its exchange. */
export interface BodyLink {
  /** What is thrown for an error of the loop's. */
  translate(error: unknown): unknown
  /** Has the loop end the exchange, whose body nobody there has been asked for yet. */
  abandon(): void
}

/** The chunks of a response: those that came with its head, then those that the loop receives. */
export class RemoteBody implements ChunkSource {
  #first: Uint8Array | string | undefined
  readonly #failure: Answer['failure']
  readonly #rest: Future<Stream<Uint8Array, void>> | undefined
  readonly #link: BodyLink
  #iterator: Iterator<Uint8Array, void> | undefined

  /**
   * @param rest the stream of what has not come yet. While nobody asks for it, it stands still; if it is forgotten with the
   *   response, the loop ends the exchange.
   */
  constructor({ bytes, text, failure }: Answer, rest: Future<Stream<Uint8Array, void>> | undefined, link: BodyLink) {
    this.#first = bytes ?? (text || undefined)
    this.#failure = failure
    this.#rest = rest
    this.#link = link
  }

  next(): Uint8Array | undefined {
    const first = this.#first
    if (first !== undefined) {
      this.#first = undefined
      return typeof first === 'string' ? new Uint8Array(Buffer.from(first, 'latin1')) : first
    }
    if (this.#failure !== undefined) throw this.#failure.error
    if (this.#rest === undefined) return undefined
    try {
      this.#iterator ??= this.#rest.result()[Symbol.iterator]()
      const { done, value } = this.#iterator.next()
      if (done) return undefined
      hurryScavenge(value.byteLength)
      return value
    } catch (error) {
      throw this.#link.translate(error)
    }
  }

  close(): void {
    if (this.#rest === undefined) return
    if (this.#iterator !== undefined) {
      this.#iterator.return?.()
    } else if (this.#rest.cancel()) {
      // It may be cancelled before the loop has begun it, and so has not taken the body over.
      this.#link.abandon()
    } else {
      const outcome = this.#rest.outcome()
      if (outcome.status === 'fulfilled') outcome.value[Symbol.iterator]().return(undefined)
    }
  }
}
