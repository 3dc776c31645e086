import type { Envelope } from '@ambisync/core/adapter'
import { decodeClone, encodeClone, type Message, toEnvelope, toMessage } from '@ambisync/node/wire'
import { headLength, MESSAGE, writeHead } from './frames.ts'

/** An envelope as a frame that can be written as it is. @throws {Error} a `DataCloneError` (by its `name`) */
export function encodeEnvelope(envelope: Envelope): Uint8Array<ArrayBuffer> {
  const frame = encodeClone(toMessage(envelope), headLength)
  writeHead(frame, MESSAGE)
  return frame
}

/** What the body of such a frame holds. */
export function decodeEnvelope(body: Uint8Array): Envelope {
  return toEnvelope(decodeClone(body) as Message)
}

/** Of the format in which V8 clones: the second byte of whatever it writes. */
export function cloneVersion(): number {
  return encodeClone(0)[1] ?? 0
}
