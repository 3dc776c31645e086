import { Deserializer, Serializer } from 'node:v8'
import type { StructuredCloneCodec } from './clone.ts'

/**
 * Structured clone as bytes, by V8's own serializer: the one that `postMessage` uses, without what only a platform can
 * carry (ports, blobs, shared memory). `v8.serialize` would have views of one buffer arrive with a buffer each.
 */
class CloneSerializer extends Serializer {
  /** Called by Node for what cannot be cloned. */
  _getDataCloneError(message: string): Error {
    return new DOMException(message, 'DataCloneError')
  }
}

export const nodeClone: StructuredCloneCodec = {
  encode(value) {
    const serializer = new CloneSerializer()
    serializer.writeHeader()
    serializer.writeValue(value)
    return serializer.releaseBuffer()
  },
  decode(bytes) {
    const deserializer = new Deserializer(bytes)
    deserializer.readHeader()
    return deserializer.readValue()
  },
}
