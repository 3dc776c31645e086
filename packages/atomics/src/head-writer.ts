import { NamesSent } from './names.ts'
import { wordBytes } from './ring.ts'

/** What the memory for heads has to begin with, and goes back to after a large one, in bytes. */
const usualSize = 64 * 1_024

/** Puts the head of a frame together. Its memory is used again for each. */
export class HeadWriter {
  #words: Int32Array<ArrayBuffer> = new Int32Array(usualSize / wordBytes)
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(this.#words.buffer)
  #view: DataView<ArrayBuffer> = new DataView(this.#words.buffer)
  readonly #names = new NamesSent()
  #namesBefore = 0
  /** How much of it has been written, in bytes. */
  length = 0
  /** What goes as the body of the frame. */
  body: Uint8Array | undefined

  get words(): Int32Array {
    return this.#words
  }

  /** What has been written. The same memory is used for the next head. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length)
  }

  begin(): void {
    this.length = 0
    this.body = undefined
    this.#namesBefore = this.#names.count
    if (this.#words.length * wordBytes > usualSize) this.#allocate(usualSize)
  }

  /** What has been written since `begin` is not sent. */
  abandon(): void {
    this.#names.forget(this.#namesBefore)
  }

  writeByte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.length++] = value
  }

  writeInt32(value: number): void {
    this.#reserve(4)
    this.#view.setInt32(this.length, value, true)
    this.length += 4
  }

  writeFloat64(value: number): void {
    this.#reserve(8)
    this.#view.setFloat64(this.length, value, true)
    this.length += 8
  }

  /** Its length, and it. */
  writeBytes(value: Uint8Array): void {
    this.writeInt32(value.length)
    this.#reserve(value.length)
    this.#bytes.set(value, this.length)
    this.length += value.length
  }

  /** Its length, and it as UTF-8: for strings without lone surrogates. */
  writeText(value: string): void {
    // No character takes more.
    this.#reserve(4 + value.length * 3)
    const at = this.length + 4
    const length = value.length <= shortText ? this.#writeAscii(value, at) : encodeInto(value, this.#bytes.subarray(at))
    this.#view.setInt32(this.length, length, true)
    this.length = at + length
  }

  /** Its number; and itself, where that has not been sent yet. */
  writeName(name: string): void {
    const known = this.#names.numberOf(name)
    if (known !== undefined) {
      this.writeInt32(known)
    } else {
      this.writeInt32(this.#names.add(name))
      this.writeText(name)
    }
  }

  /** Its length, and its units of 16 bits, whatever they are. */
  writeUnits(value: string): void {
    this.writeInt32(value.length)
    this.#reserve(value.length * 2)
    for (let index = 0; index < value.length; index++) {
      this.#view.setUint16(this.length + index * 2, value.charCodeAt(index), true)
    }
    this.length += value.length * 2
  }

  #writeAscii(value: string, at: number): number {
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index)
      if (unit >= 128) return encodeInto(value, this.#bytes.subarray(at))
      this.#bytes[at + index] = unit
    }
    return value.length
  }

  #reserve(count: number): void {
    const needed = this.length + count
    const size = this.#words.length * wordBytes
    if (needed > size) this.#allocate(Math.max(needed, size * 2))
  }

  #allocate(size: number): void {
    const words = new Int32Array(Math.ceil(size / wordBytes))
    const bytes = new Uint8Array(words.buffer)
    bytes.set(this.#bytes.subarray(0, this.length))
    this.#words = words
    this.#bytes = bytes
    this.#view = new DataView(words.buffer)
  }
}

/** Up to here a loop over the characters is faster than a call of the encoder. */
const shortText = 32

const encoder = new TextEncoder()

function encodeInto(value: string, bytes: Uint8Array): number {
  return encoder.encodeInto(value, bytes).written
}
