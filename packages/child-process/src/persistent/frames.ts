/*
 * What goes over the descriptors between the relay and the process: frames, each of a head and a body.
 *
 * The head is two unsigned 32-bit integers, little-endian: the length of the body in bytes, and its kind.
 */

export const headLength = 8

/** The longest body in bytes. */
const longest = 2 ** 32 - 1

/** An envelope, by structured clone. Both ways. */
export const MESSAGE = 0
/** A short envelope, as text. Both ways. */
export const TEXT = 5
/** To the process, first of all: how to start, as JSON, which every version of Node reads. */
export const START = 1
/** From the process: the exception that ends it, by structured clone. */
export const FATAL = 2
/** From the process: why it cannot serve, as text. */
export const FAILURE = 3
/** From the process: its thread sleeps, and has read so many bytes, a 64-bit float; what comes after those has to wake it. */
export const ASLEEP = 4

/** Writes the head into the room that was left for it. @throws {Error} a `DataCloneError` for what is too long */
export function writeHead(frame: Uint8Array, kind: number): void {
  const length = frame.byteLength - headLength
  if (length > longest) {
    throw new DOMException(`${length} bytes could not be cloned: a message has ${longest} at most.`, 'DataCloneError')
  }
  writeUint32(frame, 0, length)
  writeUint32(frame, 4, kind)
}

export function textFrame(text: string): Uint8Array {
  const frame = Buffer.allocUnsafe(headLength + Buffer.byteLength(text))
  writeHead(frame, TEXT)
  frame.write(text, headLength)
  return frame
}

export function textIn(body: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()
}

export function frameOf(kind: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(headLength + body.byteLength)
  frame.set(body, headLength)
  writeHead(frame, kind)
  return frame
}

/** Takes one frame. `isOwn` tells that nothing else uses the memory of the body. */
type TakeFrame = (kind: number, body: Uint8Array<ArrayBuffer>, isOwn: boolean) => void

/** Puts frames together from the pieces in which bytes arrive. */
export class FrameReader {
  readonly #take: TakeFrame
  readonly #head = new Uint8Array(headLength)
  #headFilled = 0
  #kind = 0
  /** Of a frame that came in several pieces. */
  #body: Uint8Array<ArrayBuffer> | undefined
  #bodyFilled = 0
  /** How many bytes have arrived in all. */
  received = 0

  constructor(take: TakeFrame) {
    this.#take = take
  }

  push(piece: Uint8Array<ArrayBuffer>): void {
    this.received += piece.byteLength
    let at = 0
    while (at < piece.byteLength) at = this.#body === undefined ? this.#readHead(piece, at) : this.#readBody(piece, at)
  }

  #readHead(piece: Uint8Array<ArrayBuffer>, at: number): number {
    const count = Math.min(headLength - this.#headFilled, piece.byteLength - at)
    for (let index = 0; index < count; index++) this.#head[this.#headFilled++] = piece[at + index] ?? 0
    const next = at + count
    if (this.#headFilled < headLength) return next
    this.#headFilled = 0
    const length = readUint32(this.#head, 0)
    this.#kind = readUint32(this.#head, 4)
    if (next + length <= piece.byteLength) {
      this.#take(this.#kind, piece.subarray(next, next + length), false)
      return next + length
    }
    this.#body = new Uint8Array(length)
    this.#bodyFilled = 0
    return next
  }

  #readBody(piece: Uint8Array<ArrayBuffer>, at: number): number {
    const body = this.#body ?? new Uint8Array()
    const count = Math.min(body.byteLength - this.#bodyFilled, piece.byteLength - at)
    body.set(piece.subarray(at, at + count), this.#bodyFilled)
    this.#bodyFilled += count
    if (this.#bodyFilled === body.byteLength) {
      this.#body = undefined
      this.#take(this.#kind, body, true)
    }
    return at + count
  }
}

function readUint32(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return first + second * 2 ** 8 + third * 2 ** 16 + fourth * 2 ** 24
}

function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  for (let index = 0; index < 4; index++) bytes[at + index] = Math.floor(value / 2 ** (8 * index))
}
