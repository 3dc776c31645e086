import type { Envelope } from '@ambisync/core/adapter'
import { decodeClone, encodeClone } from '@ambisync/node/clone'
import { type Message, toEnvelope, toMessage } from '@ambisync/node/wire'
import { headLength, MESSAGE, writeHead } from './frames.ts'
import { messageOf, textOf } from './text.ts'

/**
 * An envelope as a short text, or as a frame that can be written as it is.
 *
 * @throws {Error} a `DataCloneError` (by its `name`) for what cannot cross
 */
export function encodeEnvelope(envelope: Envelope): string | Uint8Array<ArrayBuffer> {
  const message = toMessage(envelope)
  const text = textOf(message)
  if (text !== undefined) return text
  const frame = encodeClone(message, headLength)
  writeHead(frame, MESSAGE)
  return frame
}

/** What such a text, or the body of such a frame, stands for. */
export function decodeEnvelope(sent: string | Uint8Array): Envelope {
  return toEnvelope(typeof sent === 'string' ? messageOf(sent) : (decodeClone(sent) as Message))
}

/** Of the format in which V8 clones: the second byte of whatever it writes. */
export function cloneVersion(): number {
  return encodeClone(0)[1] ?? 0
}
