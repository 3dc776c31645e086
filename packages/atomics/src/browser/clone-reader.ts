import type { HeadReader } from '../head-reader.ts'
import { readValue } from '../values.ts'
import * as kind from './clone-kinds.ts'

/** Reads one value that a `CloneWriter` has written. */
export class CloneReader {
  readonly #head: HeadReader
  readonly #objects: unknown[] = []

  constructor(head: HeadReader) {
    this.#head = head
  }

  read(): unknown {
    const head = this.#head
    const found = head.readByte()
    switch (found) {
      case kind.PRIMITIVE:
        return readValue(head)
      case kind.BIGINT:
        return this.#readBigInt()
      case kind.REFERENCE:
        return this.#objects[head.readInt32()]
      case kind.OBJECT:
        return this.#readProperties(this.#keep({}))
      case kind.ARRAY:
        return this.#readArray()
      case kind.SPARSE_ARRAY:
        return this.#readProperties(this.#keep(new Array(head.readInt32() >>> 0)))
      case kind.MAP:
        return this.#readMap()
      case kind.SET:
        return this.#readSet()
      case kind.ERROR:
        return this.#readError()
      case kind.VIEW:
        return this.#readView()
      default:
        return this.#keep(this.#readLeaf(found))
    }
  }

  /** What has no other objects in it. */
  #readLeaf(found: number): object {
    const head = this.#head
    switch (found) {
      case kind.DATE:
        return new Date(head.readFloat64())
      case kind.REGEXP:
        return new RegExp(String(this.read()), String(this.read()))
      case kind.BOXED:
        return Object(this.read())
      case kind.BUFFER:
        return head.readBytes().slice().buffer
      case kind.RESIZABLE_BUFFER:
        return this.#readResizable()
      default:
        throw new RangeError(`there is no kind ${found} of clones`)
    }
  }

  /** Gives it its number: before its parts, which may refer to it. */
  #keep<T extends object>(object: T): T {
    this.#objects.push(object)
    return object
  }

  #readBigInt(): bigint {
    const isNegative = this.#head.readByte() === 1
    const value = BigInt(`0x${this.#head.readText()}`)
    return isNegative ? -value : value
  }

  #readArray(): unknown[] {
    const length = this.#head.readInt32() >>> 0
    const array: unknown[] = this.#keep([])
    for (let index = 0; index < length; index++) array.push(this.read())
    return array
  }

  #readProperties<T extends object>(object: T): T {
    const count = this.#head.readInt32()
    for (let index = 0; index < count; index++) {
      const key = String(this.read())
      const value = this.read()
      // Set, it would be the prototype.
      if (key === '__proto__') {
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
      } else Reflect.set(object, key, value)
    }
    return object
  }

  #readMap(): Map<unknown, unknown> {
    const size = this.#head.readInt32()
    const map = this.#keep(new Map<unknown, unknown>())
    for (let index = 0; index < size; index++) map.set(this.read(), this.read())
    return map
  }

  #readSet(): Set<unknown> {
    const size = this.#head.readInt32()
    const set = this.#keep(new Set<unknown>())
    for (let index = 0; index < size; index++) set.add(this.read())
    return set
  }

  #readError(): Error {
    const ErrorOf = kind.errors[this.#head.readByte()] ?? Error
    const error = this.#keep(new ErrorOf())
    const fields = this.read()
    if (!(fields instanceof Map)) throw new RangeError('an error without fields')
    for (const [key, value] of fields) {
      Object.defineProperty(error, key, { value, writable: true, enumerable: false, configurable: true })
    }
    return error
  }

  #readResizable(): ArrayBuffer {
    const maxByteLength = this.#head.readInt32() >>> 0
    const bytes = this.#head.readBytes()
    const buffer: ArrayBuffer = Reflect.construct(ArrayBuffer, [bytes.length, { maxByteLength }])
    new Uint8Array(buffer).set(bytes)
    return buffer
  }

  #readView(): ArrayBufferView {
    const View = kind.views[this.#head.readByte()]
    const byteOffset = this.#head.readInt32()
    const length = this.#head.readInt32()
    // It has its number before its buffer, which cannot refer to it.
    const number = this.#objects.push(undefined) - 1
    const buffer = this.read()
    if (View === undefined || !(buffer instanceof ArrayBuffer)) throw new RangeError('a view of no buffer')
    const view = new View(buffer, byteOffset, length)
    this.#objects[number] = view
    return view
  }
}
