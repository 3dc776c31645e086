import { Deserializer, deserialize, Serializer, serialize } from 'node:v8'
import { findPlatformObject } from './platform-objects.ts'
import { isBun } from './runtime-limits.ts'

/**
 * Structured clone as bytes, by V8's own serializer: the one that `postMessage` uses, without what only threads of one
 * process can hand over (ports, blobs, shared memory). `v8.serialize` would have views of one buffer arrive with a buffer
 * each.
 */
class CloneSerializer extends Serializer {
  // What Node calls for what cannot be cloned.
  _getDataCloneError(message: string): Error {
    return new DOMException(message, 'DataCloneError')
  }

  _writeHostObject(object: object): never {
    throw this._getDataCloneError(
      `${Object.prototype.toString.call(object)} belongs to its process and could not be cloned.`,
    )
  }

  _getSharedArrayBufferId(): never {
    throw this._getDataCloneError('a SharedArrayBuffer belongs to its process and could not be cloned.')
  }
}

/**
 * The clone of a value as bytes of their own, which can be transferred.
 *
 * @param room how many bytes to leave free in front, for whatever goes before it
 * @throws {Error} a `DataCloneError` (by its `name`) for what cannot be cloned, a `RangeError` for what is nested too deeply
 */
export function encodeClone(value: unknown, room = 0): Uint8Array<ArrayBuffer> {
  if (isBun) return encodeByEngine(value, room)
  const serializer = new CloneSerializer()
  if (room > 0) serializer.writeRawBytes(new Uint8Array(room))
  serializer.writeHeader()
  const notCarried = findPlatformObject(value)
  if (notCarried !== undefined) serializer._writeHostObject(notCarried)
  serializer.writeValue(value)
  return serializer.releaseBuffer()
}

/** The value. Nothing in it refers to `bytes`. @throws {Error} for what another version of V8 wrote, or is no clone at all */
export function decodeClone(bytes: Uint8Array): unknown {
  if (isBun) return deserialize(bytes)
  const deserializer = new Deserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue()
}

/** Bun has no `Serializer`; its `serialize` is structured clone itself, which also keeps what views share. */
function encodeByEngine(value: unknown, room: number): Uint8Array<ArrayBuffer> {
  const notCarried = findPlatformObject(value)
  if (notCarried !== undefined) {
    const message = `${Object.prototype.toString.call(notCarried)} belongs to its process and could not be cloned.`
    throw new DOMException(message, 'DataCloneError')
  }
  const bytes = serialize(value)
  const withRoom = new Uint8Array(room + bytes.byteLength)
  withRoom.set(bytes, room)
  return withRoom
}
