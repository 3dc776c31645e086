import { aligned, fewBytes, lengthsBytes, READ, Ring, WANTED, WRITTEN, wordBytes } from './ring.ts'

/** Heads up to here are copied to one place, which is used again for each. In bytes. */
const usualHead = 64 * 1_024

/** A frame that has begun to arrive and is not complete. */
interface Partial {
  readonly head: Head
  readonly length: number
  readonly body: Uint8Array<ArrayBuffer> | undefined
  /** Where it goes: the head, the body, and what that is filled up with. */
  readonly parts: readonly Uint8Array[]
  /** How much has arrived, of all together. */
  arrived: number
  readonly size: number
}

/** Memory for a head, in the ways in which it is looked at. */
class Head {
  readonly words: Int32Array<ArrayBuffer>
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly view: DataView<ArrayBuffer>

  constructor(size: number) {
    this.words = new Int32Array(size / wordBytes)
    this.bytes = new Uint8Array(this.words.buffer)
    this.view = new DataView(this.words.buffer)
  }
}

/** The reader's end of a ring. See `ring.ts` for who writes what, and when. */
export class RingReader {
  readonly #ring: Ring
  readonly #mask: number
  readonly #tellWriter: () => void
  readonly #usual: Head = new Head(usualHead)
  #read: number
  #partial: Partial | undefined
  #head: Head = this.#usual
  /** The frame that {@link next} has found: the head's length, and the body, which nobody else has. */
  length = 0
  body: Uint8Array<ArrayBuffer> | undefined

  /** @param tellWriter changes the wake word of the writer's thread, and notifies */
  constructor(memory: SharedArrayBuffer, tellWriter: () => void) {
    this.#ring = new Ring(memory)
    this.#mask = this.#ring.capacity - 1
    this.#tellWriter = tellWriter
    this.#read = Atomics.load(this.#ring.control, READ)
  }

  /** The head of the frame that was found. Used again for the next one: what is kept has to be copied. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#head.bytes
  }

  /** The same memory. */
  get view(): DataView<ArrayBuffer> {
    return this.#head.view
  }

  /** The writer has more than there was room for, or than has come. */
  get isBehind(): boolean {
    return this.#partial !== undefined || Atomics.load(this.#ring.control, WANTED) === 1
  }

  /** Takes the next frame out of the ring, without waiting. False if there is none yet, or only a part. */
  next(): boolean {
    for (;;) {
      // Before the bytes, which the writer has written before it.
      const available = (Atomics.load(this.#ring.control, WRITTEN) - this.#read) | 0
      if (available === 0) return false
      if (this.#partial !== undefined) {
        this.#collect(this.#partial, available)
        if (this.#partial === undefined) return true
        continue
      }
      // Of a frame that goes through in pieces, the lengths may come one by one.
      if (available < lengthsBytes) return false
      const { words } = this.#ring
      const first = (this.#read & this.#mask) >> 2
      const wordMask = this.#mask >> 2
      const length = words[first] as number
      if (length < 0) {
        this.#advance(-length)
        continue
      }
      const bodyLength = words[(first + 1) & wordMask] as number
      const size = aligned(length) + aligned(bodyLength)
      if (lengthsBytes + size > available) {
        this.#begin(length, bodyLength, size)
        continue
      }
      this.#takeHead(length, first + 2, wordMask)
      this.body = bodyLength === 0 ? undefined : this.#takeBody(bodyLength, this.#read + lengthsBytes + aligned(length))
      this.#advance(lengthsBytes + size)
      return true
    }
  }

  #takeHead(length: number, first: number, wordMask: number): void {
    this.length = length
    this.#head = this.#headFor(length)
    if (length <= fewBytes) {
      const { words } = this.#ring
      const to = this.#head.words
      const count = aligned(length) >> 2
      for (let index = 0; index < count; index++) to[index] = words[(first + index) & wordMask] as number
    } else {
      this.#copyTo(this.#head.bytes, 0, length, first << 2)
    }
  }

  #headFor(length: number): Head {
    return length <= usualHead ? this.#usual : new Head(aligned(length))
  }

  #takeBody(length: number, position: number): Uint8Array<ArrayBuffer> {
    const offset = position & this.#mask
    // A slice is not filled with zeros first.
    if (offset + length <= this.#ring.capacity) return this.#ring.bytes.slice(offset, offset + length)
    const body = new Uint8Array(length)
    this.#copyTo(body, 0, length, position)
    return body
  }

  #begin(length: number, bodyLength: number, size: number): void {
    const head = this.#headFor(length)
    const body = bodyLength === 0 ? undefined : new Uint8Array(bodyLength)
    const filling = new Uint8Array(aligned(bodyLength) - bodyLength)
    const parts = [head.bytes.subarray(0, aligned(length)), ...(body === undefined ? [] : [body]), filling]
    this.#partial = { head, length, body, parts, arrived: 0, size }
    this.#advance(lengthsBytes)
  }

  /** Takes what there is of a frame. */
  #collect(partial: Partial, available: number): void {
    let begin = 0
    let left = available
    for (const part of partial.parts) {
      const at = partial.arrived - begin
      begin += part.length
      if (at >= part.length || left === 0) continue
      const count = Math.min(part.length - at, left)
      this.#copyTo(part, at, count, this.#read)
      partial.arrived += count
      left -= count
      this.#advance(count)
    }
    if (partial.arrived < partial.size) return
    const { head, length, body } = partial
    this.#partial = undefined
    this.#head = head
    this.length = length
    this.body = body
  }

  #copyTo(to: Uint8Array, at: number, count: number, position: number): void {
    const offset = position & this.#mask
    const left = this.#ring.capacity - offset
    if (count <= left) {
      to.set(this.#ring.bytes.subarray(offset, offset + count), at)
    } else {
      to.set(this.#ring.bytes.subarray(offset), at)
      to.set(this.#ring.bytes.subarray(0, count - left), at + left)
    }
  }

  #advance(count: number): void {
    this.#read = (this.#read + count) | 0
    // After the copy: the writer may use the place once it sees this. Before the look at WANTED, see `ring.ts`.
    Atomics.store(this.#ring.control, READ, this.#read)
    if (Atomics.load(this.#ring.control, WANTED) === 1) this.#tellWriter()
  }
}
