import { uncounted } from './names.ts'

/** Takes the head of a frame apart, in the order in which it was put together. */
export class HeadReader {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #view: DataView<ArrayBuffer> = new DataView(this.#bytes.buffer)
  #at = 0
  /** By their numbers. */
  readonly #names: string[] = []
  /** The body of the frame, which nobody else has. */
  body: Uint8Array<ArrayBuffer> | undefined

  begin(bytes: Uint8Array<ArrayBuffer>, view: DataView<ArrayBuffer>, body: Uint8Array<ArrayBuffer> | undefined): void {
    this.#bytes = bytes
    this.#view = view
    this.body = body
    this.#at = 0
  }

  readByte(): number {
    return this.#view.getUint8(this.#at++)
  }

  readInt32(): number {
    const value = this.#view.getInt32(this.#at, true)
    this.#at += 4
    return value
  }

  readFloat64(): number {
    const value = this.#view.getFloat64(this.#at, true)
    this.#at += 8
    return value
  }

  /** Bytes that are valid until the next frame is read. */
  readBytes(): Uint8Array<ArrayBuffer> {
    const length = this.readInt32()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  readText(): string {
    const length = this.readInt32()
    const begin = this.#at
    this.#at += length
    return (length <= shortText ? this.#readAscii(begin, length) : undefined) ?? this.#decode(begin, length)
  }

  /** See `names.ts`. */
  readName(): string {
    const number = this.readInt32()
    if (number === uncounted) return this.readText()
    if (number === this.#names.length) this.#names.push(this.readText())
    return this.#names[number] as string
  }

  readUnits(): string {
    const length = this.readInt32()
    const parts: string[] = []
    for (let begin = 0; begin < length; begin += unitsAtOnce) {
      const count = Math.min(unitsAtOnce, length - begin)
      const units = Array.from({ length: count }, (_, index) =>
        this.#view.getUint16(this.#at + 2 * (begin + index), true),
      )
      parts.push(String.fromCharCode(...units))
    }
    this.#at += 2 * length
    return parts.join('')
  }

  /** Undefined if there is a character that takes more than a byte. */
  #readAscii(begin: number, length: number): string | undefined {
    const bytes = this.#bytes
    let text = ''
    for (let index = begin; index < begin + length; index++) {
      const byte = bytes[index] as number
      if (byte >= 128) return undefined
      text += String.fromCharCode(byte)
    }
    return text
  }

  #decode(begin: number, length: number): string {
    return decoder.decode(this.#bytes.subarray(begin, begin + length))
  }
}

/** Up to here putting characters together is faster than a call of the decoder. */
const shortText = 12

/** How many arguments a function can be given for certain. */
const unitsAtOnce = 4_096

/** A byte order mark is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
