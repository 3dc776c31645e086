import { Queue } from '@ambisync/core/adapter'

/** In bytes. */
const usualChunk = 64 * 1_024

interface Chunk {
  readonly bytes: Uint8Array
  /** From here on there is nothing in it yet. */
  end: number
}

/** Bytes that wait for room in a ring. In few large pieces: each small one would take more memory than its bytes do. */
export class Backlog {
  readonly #chunks = new Queue<Chunk>()
  #last: Chunk | undefined
  /** How much of the first chunk has been taken. */
  #taken = 0

  get isEmpty(): boolean {
    return this.#chunks.size === 0
  }

  /** Makes a place for so many bytes behind all others, for the caller to fill at once. */
  append(size: number): Uint8Array {
    if (this.#last === undefined || this.#last.end + size > this.#last.bytes.length) {
      this.#last = { bytes: new Uint8Array(Math.max(size, usualChunk)), end: 0 }
      this.#chunks.push(this.#last)
    }
    const begin = this.#last.end
    this.#last.end += size
    return this.#last.bytes.subarray(begin, this.#last.end)
  }

  /** At most so many of the first bytes; they stay until they are dropped. */
  first(most: number): Uint8Array {
    const chunk = this.#chunks.first
    return chunk === undefined
      ? new Uint8Array()
      : chunk.bytes.subarray(this.#taken, Math.min(this.#taken + most, chunk.end))
  }

  /** So many of the first bytes, no more than {@link first} gave. */
  drop(count: number): void {
    this.#taken += count
    if (this.#taken !== this.#chunks.first?.end) return
    if (this.#chunks.shift() === this.#last) this.#last = undefined
    this.#taken = 0
  }
}
