import type { HeadWriter } from '../head-writer.ts'
import { writeValue } from '../values.ts'
import * as kind from './clone-kinds.ts'

/**
 * Writes one value that `structuredClone` has given, exactly as it is. A library would be as long and less exact: those
 * there are lose minus zero, holes, lone surrogates, or that two views are of one buffer.
 *
 * @see https://html.spec.whatwg.org/multipage/structured-data.html
 */
export class CloneWriter {
  readonly #head: HeadWriter
  readonly #numbers = new Map<object, number>()

  constructor(head: HeadWriter) {
    this.#head = head
  }

  /** @throws {DOMException} a `DataCloneError` for what belongs to the platform */
  write(value: unknown): void {
    if (typeof value === 'bigint') this.#writeBigInt(value)
    else if (typeof value === 'object' && value !== null) this.#writeReferenceOr(value)
    else this.#writePrimitive(value)
  }

  #writePrimitive(value: unknown): void {
    this.#head.writeByte(kind.PRIMITIVE)
    // As long as it is, wherever it stands.
    writeValue(this.#head, value, 0)
  }

  #writeBigInt(value: bigint): void {
    this.#head.writeByte(kind.BIGINT)
    this.#head.writeByte(value < 0n ? 1 : 0)
    this.#head.writeText((value < 0n ? -value : value).toString(16))
  }

  #writeReferenceOr(value: object): void {
    const number = this.#numbers.get(value)
    if (number === undefined) {
      this.#numbers.set(value, this.#numbers.size)
      this.#writeObject(value)
    } else {
      this.#head.writeByte(kind.REFERENCE)
      this.#head.writeInt32(number)
    }
  }

  #writeObject(value: object): void {
    const head = this.#head
    if (Array.isArray(value)) {
      this.#writeArray(value)
    } else if (Object.getPrototypeOf(value) === Object.prototype) {
      head.writeByte(kind.OBJECT)
      this.#writeProperties(value)
    } else if (value instanceof Map) {
      head.writeByte(kind.MAP)
      head.writeInt32(value.size)
      for (const [key, item] of value) {
        this.write(key)
        this.write(item)
      }
    } else if (value instanceof Set) {
      head.writeByte(kind.SET)
      head.writeInt32(value.size)
      for (const item of value) this.write(item)
    } else if (value instanceof Date) {
      head.writeByte(kind.DATE)
      head.writeFloat64(value.getTime())
    } else if (value instanceof RegExp) {
      head.writeByte(kind.REGEXP)
      this.write(value.source)
      this.write(value.flags)
    } else if (value instanceof ArrayBuffer) {
      this.#writeBuffer(value)
    } else if (ArrayBuffer.isView(value)) {
      this.#writeView(value)
    } else if (isBoxed(value)) {
      head.writeByte(kind.BOXED)
      this.write(value.valueOf())
    } else {
      this.#writeErrorOr(value)
    }
  }

  #writeArray(value: readonly unknown[]): void {
    const head = this.#head
    const keys = Object.keys(value)
    const isDense = keys.length === value.length && keys.every((key, index) => key === String(index))
    head.writeByte(isDense ? kind.ARRAY : kind.SPARSE_ARRAY)
    head.writeInt32(value.length | 0)
    if (isDense) for (const item of value) this.write(item)
    else this.#writeProperties(value)
  }

  #writeProperties(value: object): void {
    const entries = Object.entries(value)
    this.#head.writeInt32(entries.length)
    for (const [key, item] of entries) {
      this.write(key)
      this.write(item)
    }
  }

  #writeBuffer(value: ArrayBuffer): void {
    const isResizable = 'resizable' in value && value.resizable === true
    this.#head.writeByte(isResizable ? kind.RESIZABLE_BUFFER : kind.BUFFER)
    if (isResizable) this.#head.writeInt32(Number(Reflect.get(value, 'maxByteLength')) | 0)
    this.#head.writeBytes(new Uint8Array(value))
  }

  #writeView(value: ArrayBufferView): void {
    const view = kind.views.findIndex(({ prototype }) => prototype === Object.getPrototypeOf(value))
    // Shared memory would be a copy of what it is now at the other end.
    if (view === -1 || !(value.buffer instanceof ArrayBuffer)) throw refused(value.buffer)
    this.#head.writeByte(kind.VIEW)
    this.#head.writeByte(view)
    this.#head.writeInt32(value.byteOffset)
    this.#head.writeInt32('length' in value && typeof value.length === 'number' ? value.length : value.byteLength)
    this.write(value.buffer)
  }

  #writeErrorOr(value: object): void {
    const name = kind.errors.findIndex(({ prototype }) => prototype === Object.getPrototypeOf(value))
    if (name === -1) throw refused(value)
    this.#head.writeByte(kind.ERROR)
    this.#head.writeByte(name)
    const fields = ['message', 'stack', 'cause'].filter((field) => Object.hasOwn(value, field))
    this.write(new Map(fields.map((field) => [field, Reflect.get(value, field)])))
  }
}

function isBoxed(value: object): boolean {
  return value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof BigInt
}

function refused(value: object): DOMException {
  const what = Object.prototype.toString.call(value).slice('[object '.length, -1)
  const message = `it has a ${what}, which in a browser cannot be sent to a thread that may be blocked`
  return new DOMException(message, 'DataCloneError')
}
