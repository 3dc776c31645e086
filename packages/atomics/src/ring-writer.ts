import { Backlog } from './backlog.ts'
import { aligned, fewBytes, lengthsBytes, READ, Ring, WANTED, WRITTEN } from './ring.ts'

/** From here on a ring that is empty is begun anew, so that little of it is used and stays in the cache. In bytes. */
const usualExtent = 64 * 1_024

/** A longer body is published in pieces of this size, so that the reader copies one while the next is written. In bytes. */
const pieceBytes = 128 * 1_024

/** The writer's end of a ring. See `ring.ts` for who writes what, and when. */
export class RingWriter {
  readonly #ring: Ring
  readonly #mask: number
  readonly #tellReader: () => void
  #written: number
  /** READ as this end has last seen it. */
  #read: number
  /** Copies of what there was no room for, in order. */
  readonly #backlog = new Backlog()

  /** @param tellReader changes the wake word of the reader's thread, and notifies */
  constructor(memory: SharedArrayBuffer, tellReader: () => void) {
    this.#ring = new Ring(memory)
    this.#mask = this.#ring.capacity - 1
    this.#tellReader = tellReader
    this.#written = Atomics.load(this.#ring.control, WRITTEN)
    this.#read = Atomics.load(this.#ring.control, READ)
  }

  /** There is something that waits for room. */
  get isFull(): boolean {
    return !this.#backlog.isEmpty
  }

  /**
   * Writes a frame, or as much of it as there is room for; the rest is copied, and written by {@link flush}. Never waits.
   *
   * @param head words; the head's bytes are its first `length`
   */
  write(head: Int32Array, length: number, body?: Uint8Array): void {
    const bodyLength = body?.length ?? 0
    const size = lengthsBytes + aligned(length) + aligned(bodyLength)
    if (this.isFull || !this.#makeRoom(size)) {
      this.#putOff(head, length, body)
      this.flush()
      return
    }
    const { words } = this.#ring
    const first = (this.#written & this.#mask) >> 2
    const wordMask = this.#mask >> 2
    words[first] = length
    words[(first + 1) & wordMask] = bodyLength
    if (length <= fewBytes) {
      const count = aligned(length) >> 2
      for (let index = 0; index < count; index++) words[(first + 2 + index) & wordMask] = head[index] as number
    } else {
      this.#copy(new Uint8Array(head.buffer, head.byteOffset, length), this.#written + lengthsBytes)
    }
    if (bodyLength <= pieceBytes) {
      if (body !== undefined) this.#copy(body, this.#written + lengthsBytes + aligned(length))
      this.#publish(size)
    } else {
      this.#publish(lengthsBytes + aligned(length))
      this.#publishPieces(body as Uint8Array)
    }
  }

  #publishPieces(body: Uint8Array): void {
    for (let begin = 0; begin < body.length; begin += pieceBytes) {
      const piece = body.subarray(begin, begin + pieceBytes)
      this.#copy(piece, this.#written)
      this.#publish(aligned(piece.length))
    }
  }

  /** Writes what has waited, as far as there is room now. */
  flush(): void {
    while (!this.#backlog.isEmpty) {
      const piece = this.#backlog.first(this.#room())
      if (piece.length === 0) {
        // Before the last look at READ, see `ring.ts`.
        Atomics.store(this.#ring.control, WANTED, 1)
        if (this.#room() === 0) return
        continue
      }
      this.#copy(piece, this.#written)
      this.#backlog.drop(piece.length)
      this.#publish(piece.length)
    }
    Atomics.store(this.#ring.control, WANTED, 0)
  }

  /** Whether there is room for so many bytes. Goes on at the beginning of the ring where that is the better place. */
  #makeRoom(size: number): boolean {
    const offset = this.#written & this.#mask
    const left = this.#ring.capacity - offset
    if ((offset >= usualExtent || left < size) && this.#readAll() && left + size <= this.#ring.capacity) {
      this.#ring.words[offset >> 2] = -left
      // Published together with what follows.
      this.#written = (this.#written + left) | 0
    }
    return this.#ring.capacity - this.#inRing() >= size || this.#room() >= size
  }

  /** The number of bytes in the ring, as far as this end knows: the reader may have read some of them since. */
  #inRing(): number {
    return (this.#written - this.#read) | 0
  }

  #room(): number {
    // After the reader's copy: its store of READ comes after that.
    this.#read = Atomics.load(this.#ring.control, READ)
    return this.#ring.capacity - this.#inRing()
  }

  #readAll(): boolean {
    return this.#room() === this.#ring.capacity
  }

  /** Copies to a position in the ring, around its end if need be. There is room. */
  #copy(bytes: Uint8Array, position: number): void {
    const offset = position & this.#mask
    const left = this.#ring.capacity - offset
    if (bytes.length <= left) {
      this.#ring.bytes.set(bytes, offset)
    } else {
      this.#ring.bytes.set(bytes.subarray(0, left), offset)
      this.#ring.bytes.set(bytes.subarray(left), 0)
    }
  }

  #publish(count: number): void {
    this.#written = (this.#written + count) | 0
    // After the bytes: the reader that sees it sees them. Before the wake word, which has it look.
    Atomics.store(this.#ring.control, WRITTEN, this.#written)
    this.#tellReader()
  }

  #putOff(head: Int32Array, length: number, body: Uint8Array | undefined): void {
    const lengths = Int32Array.of(length, body?.length ?? 0)
    const place = this.#backlog.append(lengthsBytes + aligned(length) + aligned(body?.length ?? 0))
    place.set(new Uint8Array(lengths.buffer))
    place.set(new Uint8Array(head.buffer, head.byteOffset, length), lengthsBytes)
    if (body !== undefined) place.set(body, lengthsBytes + aligned(length))
  }
}
