/*
 * One direction of the way between two threads: a ring of bytes in shared memory, with one writer and one reader.
 *
 * Three words stand before the bytes, each on a cache line of its own:
 *
 * | word    | written by                                     | read by                             |
 * | ------- | ---------------------------------------------- | ----------------------------------- |
 * | WRITTEN | the writer, after the bytes                    | the reader, before it takes bytes   |
 * | READ    | the reader, after it has copied bytes out      | the writer, before it uses the room |
 * | WANTED  | the writer: 1 while it has more than there is  | the reader, after READ              |
 * |         | room for                                       |                                     |
 *
 * WRITTEN and READ count bytes, modulo 2 ** 32; their difference is what is in the ring. Who has moved a counter then
 * changes the wake word of the thread at the other end, on which that sleeps, blocked or in its event loop: the reader
 * does so only where WANTED says that somebody waits for room. The writer sets WANTED and then looks at READ once more,
 * the reader moves READ and then looks at WANTED: in whatever order they do, one of them sees the other's store, because
 * Atomics are sequentially consistent. `model/ring.pml` is this protocol as a model, which is checked.
 *
 * Bytes come in frames: the length of the head, the length of the body, the head, the body, each filled up to whole
 * words. A head of negative length is none: as many bytes are left out, up to the beginning of the ring. A frame may be
 * larger than the ring and goes through in pieces then.
 *
 * Nothing here is of one runtime.
 */

export const WRITTEN = 0
export const READ = 16
export const WANTED = 32
const controlBytes = 256

/** The lengths at the beginning of a frame, in bytes. */
export const lengthsBytes = 8

export const wordBytes: number = Int32Array.BYTES_PER_ELEMENT

/** Up to here copying word by word is faster than making a view and calling `set`. In bytes. */
export const fewBytes = 256

/** One ring, as either end sees it. */
export class Ring {
  readonly control: Int32Array<SharedArrayBuffer>
  readonly bytes: Uint8Array<SharedArrayBuffer>
  /** The same memory as `bytes`. */
  readonly words: Int32Array<SharedArrayBuffer>
  readonly capacity: number

  constructor(memory: SharedArrayBuffer) {
    this.control = new Int32Array(memory, 0, controlBytes / wordBytes)
    this.bytes = new Uint8Array(memory, controlBytes)
    this.words = new Int32Array(memory, controlBytes)
    this.capacity = this.bytes.length
  }
}

/** @param capacity in bytes, a power of two */
export function createRingMemory(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(controlBytes + capacity)
}

/** A length filled up to whole words. */
export function aligned(length: number): number {
  return (length + 3) & ~3
}
