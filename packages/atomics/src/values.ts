import { Packr } from 'msgpackr/pack'
import { Unpackr } from 'msgpackr/unpack'
import type { HeadReader } from './head-reader.ts'
import type { HeadWriter } from './head-writer.ts'

/*
 * The values that are carried without structured clone: primitives, bytes, and trees of plain data. Each of them arrives
 * as structured clone would have it.
 *
 * A tree of many objects is carried by msgpack with records, which note the keys of objects that are alike once. What
 * that costs for each message is more than all that a small tree takes here, with its keys sent as numbers.
 */

/** From so many objects on a tree is carried by msgpack. */
const manyObjects = 12

/** From so many characters on, a string is carried by structured clone, which copies it as it is in memory. */
const longText = 64 * 1_024

/** From so many bytes on, bytes go as the body of a frame, which is copied once less. */
const manyBytes = 1_024

const packr = new Packr({ useRecords: true })
const unpackr = new Unpackr({ useRecords: true })

// What stands before a value.
const UNDEFINED = 0
const NULL = 1
const TRUE = 2
const FALSE = 3
const INT32 = 4
const FLOAT64 = 5
const TEXT = 6
const UNITS = 7
const BYTES = 8
const BODY = 9
const ARRAY = 10
const OBJECT = 11
const PACKED = 12

/**
 * Writes a value, if it is one of those. False if it is not: what has been written then is of no use.
 *
 * @param tree how many objects it has, if it is a tree
 */
export function writeValue(head: HeadWriter, value: unknown, tree?: number): boolean {
  switch (typeof value) {
    case 'number':
      writeNumber(head, value)
      return true
    case 'string':
      // In a tree it is as long as it is.
      if (value.length > longText && tree === undefined) return false
      writeString(head, value)
      return true
    case 'boolean':
      head.writeByte(value ? TRUE : FALSE)
      return true
    case 'undefined':
      head.writeByte(UNDEFINED)
      return true
    case 'object':
      if (value === null) head.writeByte(NULL)
      else if (tree !== undefined) writeTree(head, value, tree)
      else if (isBytes(value)) writeBytes(head, value)
      else return false
      return true
    default:
      return false
  }
}

export function readValue(head: HeadReader): unknown {
  const tag = head.readByte()
  switch (tag) {
    case UNDEFINED:
      return undefined
    case NULL:
      return null
    case TRUE:
      return true
    case FALSE:
      return false
    case INT32:
      return head.readInt32()
    case FLOAT64:
      return head.readFloat64()
    case TEXT:
      return head.readText()
    case UNITS:
      return head.readUnits()
    case BYTES:
      return head.readBytes().slice()
    case BODY:
      return head.body
    case ARRAY:
      return readArray(head)
    case OBJECT:
      return readObject(head)
    case PACKED:
      return unpack(head.readBytes())
    default:
      throw new RangeError(`there is no kind ${tag} of values`)
  }
}

/** A value of which nothing has been read, as a rule because it is nested too deeply. The next one can be. */
export class UnreadableValue extends Error {}

function unpack(bytes: Uint8Array): unknown {
  try {
    return unpackr.unpack(bytes)
  } catch (cause) {
    throw new UnreadableValue('it cannot be unpacked', { cause })
  }
}

function writeNumber(head: HeadWriter, value: number): void {
  if ((value | 0) === value && !Object.is(value, -0)) {
    head.writeByte(INT32)
    head.writeInt32(value)
  } else {
    head.writeByte(FLOAT64)
    head.writeFloat64(value)
  }
}

function writeString(head: HeadWriter, value: string): void {
  if (value.isWellFormed()) {
    head.writeByte(TEXT)
    head.writeText(value)
  } else {
    head.writeByte(UNITS)
    head.writeUnits(value)
  }
}

/** Bytes that have their buffer to themselves. Of others structured clone copies all of the buffer. */
function isBytes(value: object): value is Uint8Array {
  if (Object.getPrototypeOf(value) !== Uint8Array.prototype) return false
  const { buffer, length } = value as Uint8Array
  // One without bytes may be detached, which structured clone refuses.
  return length > 0 && buffer instanceof ArrayBuffer && buffer.byteLength === length && !isResizable(buffer)
}

function isResizable(buffer: ArrayBuffer): boolean {
  return 'resizable' in buffer && buffer.resizable === true
}

function writeBytes(head: HeadWriter, value: Uint8Array): void {
  if (value.length < manyBytes) {
    head.writeByte(BYTES)
    head.writeBytes(value)
  } else {
    head.writeByte(BODY)
    head.body = value
  }
}

function writeTree(head: HeadWriter, value: object, objects: number): void {
  if (objects >= manyObjects) {
    head.writeByte(PACKED)
    head.writeBytes(packr.pack(value))
  } else if (Array.isArray(value)) {
    head.writeByte(ARRAY)
    head.writeInt32(value.length)
    for (const part of value) writeValue(head, part, objects)
  } else {
    head.writeByte(OBJECT)
    const keys = Object.keys(value)
    head.writeInt32(keys.length)
    for (const key of keys) {
      head.writeName(key)
      writeValue(head, (value as Record<string, unknown>)[key], objects)
    }
  }
}

function readArray(head: HeadReader): unknown[] {
  const length = head.readInt32()
  const array: unknown[] = []
  for (let index = 0; index < length; index++) array.push(readValue(head))
  return array
}

function readObject(head: HeadReader): Record<string, unknown> {
  const count = head.readInt32()
  const object: Record<string, unknown> = {}
  for (let index = 0; index < count; index++) {
    const key = head.readName()
    object[key] = readValue(head)
  }
  return object
}
