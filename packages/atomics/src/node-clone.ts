import { Deserializer, deserialize, Serializer, serialize as serializeByEngine } from 'node:v8'
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { findPlatformObject } from '@ambisync/node/clone'
import type { StructuredCloneCodec } from './clone.ts'

const isBun = process.versions.bun !== undefined

/**
 * Structured clone as bytes, by V8's own serializer, the one that `postMessage` uses. `v8.serialize` would give each view
 * of one buffer a buffer of its own.
 *
 * What only the platform can carry, such as shared memory and blobs, goes through a port, which is used for nothing else.
 */
export class NodeClone implements StructuredCloneCodec {
  readonly #port: MessagePort

  /** @param port its other end belongs to the codec at the other end */
  constructor(port: MessagePort) {
    this.#port = port
  }

  encode(value: unknown): Uint8Array | undefined {
    const bytes = findPlatformObject(value) === undefined ? serialize(value) : undefined
    // Throws what it throws where the platform cannot carry it either.
    if (bytes === undefined) this.#port.postMessage(value)
    return bytes
  }

  decode(bytes: Uint8Array<ArrayBuffer> | undefined): unknown {
    // It was posted before the frame that tells of it, so it is here.
    if (bytes === undefined) return receiveMessageOnPort(this.#port)?.message
    if (isBun) return deserialize(bytes)
    const deserializer = new Deserializer(bytes)
    deserializer.readHeader()
    return deserializer.readValue()
  }
}

/** Undefined for what V8 by itself cannot carry. */
function serialize(value: unknown): Uint8Array | undefined {
  if (isBun) return serializeOnBun(value)
  const serializer = new CloneSerializer()
  serializer.writeHeader()
  try {
    serializer.writeValue(value)
  } catch (error) {
    if (error instanceof ForThePlatform) return undefined
    throw error
  }
  return serializer.releaseBuffer()
}

/** Bun has no `Serializer`; its `serialize` is structured clone itself, which also keeps what views share. */
function serializeOnBun(value: unknown): Uint8Array | undefined {
  try {
    return serializeByEngine(value)
  } catch {
    return undefined
  }
}

/** V8 by itself does not know what this is. */
class ForThePlatform extends Error {}

/** What Node calls has names with an underscore. @see https://nodejs.org/api/v8.html#class-v8serializer */
class CloneSerializer extends Serializer {
  _getDataCloneError(message: string): Error {
    return new ForThePlatform(message)
  }

  _getSharedArrayBufferId(): number {
    throw new ForThePlatform('shared memory')
  }

  _writeHostObject(): void {
    throw new ForThePlatform('an object of the platform')
  }
}
