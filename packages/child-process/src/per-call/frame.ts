import { Deserializer, Serializer } from 'node:v8'
import { Unsendable } from '@ambisync/core/adapter'

/*
 * Envelopes as bytes, by the same algorithm as structured clone. The serializer is the plain one and not Node's default,
 * which copies each view of a buffer by itself: views that share memory have to share it on the other side, too.
 */

const megabyte = 1_024 * 1_024

/** The most that a call or its result may take as it is sent, in megabytes. */
export const mostMegabytes = 256

/** What an envelope adds to the value in it is not the user's to count, in bytes. */
const slack = megabyte

class FrameWriter extends Serializer {
  /** V8 asks for what only the platform could copy, and only within this process. */
  _writeHostObject(object: object): never {
    throw this._getDataCloneError(`${Object.prototype.toString.call(object)} exists in its own process only`)
  }

  _getSharedArrayBufferId(): never {
    throw this._getDataCloneError('a SharedArrayBuffer is memory of this process, which another one does not share')
  }

  _getDataCloneError(message: string): DOMException {
    return new DOMException(message, 'DataCloneError')
  }
}

/**
 * @param name what the value in it is called, in a message
 * @throws {DOMException} a `DataCloneError` for what cannot be cloned
 * @throws {RangeError} for what is nested too deeply for the stack
 * @throws {Unsendable} for what is larger than `mostMegabytes`
 */
export function encodeFrame(value: unknown, name: string): Uint8Array {
  const writer = new FrameWriter()
  writer.writeHeader()
  writer.writeValue(value)
  const bytes = writer.releaseBuffer()
  if (bytes.byteLength > mostMegabytes * megabyte + slack) {
    const size = Math.ceil(bytes.byteLength / megabyte)
    throw new Unsendable(`${name} takes ${size} MB, more than the ${mostMegabytes} MB that can be sent`)
  }
  return bytes
}

/** @throws {RangeError} for what is nested too deeply for the stack of this thread */
export function decodeFrame(bytes: Uint8Array): unknown {
  const reader = new Deserializer(bytes)
  reader.readHeader()
  return reader.readValue()
}
