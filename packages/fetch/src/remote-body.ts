import type { Future, Stream } from '@ambisync/core'
import type { ChunkSource } from './body.ts'
import type { Answer } from './messages.ts'

/** The chunks of a response: those that came with its head, then those that the loop receives. */
export class RemoteBody implements ChunkSource {
  #first: Uint8Array | undefined
  readonly #failure: Answer['failure']
  readonly #rest: Future<Stream<Uint8Array, void>> | undefined
  readonly #translate: (error: unknown) => unknown
  #iterator: Iterator<Uint8Array, void> | undefined

  /**
   * @param rest the stream of what has not come yet. While nobody asks for it, it stands still; if it is forgotten with the
   *   response, the loop ends the exchange.
   * @param translate what is thrown for an error of the loop's
   */
  constructor(
    { bytes, failure }: Answer,
    rest: Future<Stream<Uint8Array, void>> | undefined,
    translate: (error: unknown) => unknown,
  ) {
    this.#first = bytes
    this.#failure = failure
    this.#rest = rest
    this.#translate = translate
  }

  next(): Uint8Array | undefined {
    const first = this.#first
    if (first !== undefined) {
      this.#first = undefined
      return first
    }
    if (this.#failure !== undefined) throw this.#failure.error
    if (this.#rest === undefined) return undefined
    try {
      this.#iterator ??= this.#rest.result()[Symbol.iterator]()
      const { done, value } = this.#iterator.next()
      return done ? undefined : value
    } catch (error) {
      throw this.#translate(error)
    }
  }

  close(): void {
    if (this.#rest === undefined) return
    if (this.#iterator === undefined) {
      // The stream is on its way: it is forgotten as soon as it is here.
      this.#rest.cancel()
      return
    }
    this.#iterator.return?.()
  }
}
