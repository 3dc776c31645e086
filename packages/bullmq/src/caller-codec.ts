import { SerializationError } from '@ambisync/core'
import type { CancelEnvelope, Envelope } from '@ambisync/core/adapter'
import type { RelayCodec } from '@ambisync/node'
import { adapterName } from './adapter-name.ts'
import { decodeReturned, errorToText, type Returned, thrownFromText, thrownToText } from './answer.ts'
import { type Arguments, encodeArguments } from './job-data.ts'

/*
 * How envelopes cross between the calling thread and the one that has the connection. Arguments and results are encoded on
 * the calling thread, which can say what is wrong with them, and pass the other one as text.
 */

/** To the thread that has the connection. */
export type Sent =
  | { readonly kind: 'load'; readonly module: number; readonly specifier: string }
  | SentCall
  | SentCancel
  | { readonly kind: 'stop' }

export interface SentCancel {
  readonly kind: 'cancel'
  readonly id: number
  /** A clone of what was given as the reason. */
  readonly reason: string
}

export interface SentCall {
  readonly kind: 'call'
  readonly id: number
  readonly module: number
  readonly name: string
  readonly key: string
  /** The user has chosen the key: there may be a call of it already. */
  readonly keyIsGiven: boolean
  readonly timeout: number | undefined
  readonly arguments: Arguments
}

/** From there. */
export type Received =
  | { readonly kind: 'ready' }
  | { readonly kind: 'cancelled'; readonly id: number }
  | { readonly kind: 'return'; readonly id: number; readonly returned: Returned }
  | { readonly kind: 'throw'; readonly id: number; readonly thrown: string }

/** @param payloadLimit of the arguments of a call, in bytes */
export function callerCodec(payloadLimit: number): RelayCodec {
  return {
    encode: (envelope) => JSON.stringify(toSent(envelope, payloadLimit)),
    decode: (text) => toEnvelope(JSON.parse(String(text))),
  }
}

function toSent(envelope: Envelope, payloadLimit: number): Sent {
  switch (envelope.kind) {
    case 'load':
      return { kind: 'load', module: envelope.module, specifier: envelope.specifier }
    case 'call': {
      const { id, module, name, key = '', keyIsGiven = false, timeout } = envelope
      return {
        kind: 'call',
        id,
        module,
        name,
        key,
        keyIsGiven,
        timeout,
        arguments: encodeArguments(envelope, payloadLimit),
      }
    }
    case 'cancel':
      return { kind: 'cancel', id: envelope.id, reason: reasonToText(envelope) }
    case 'stop':
      return { kind: 'stop' }
    default:
      throw new Error(`${envelope.kind} is of what this adapter does not declare`)
  }
}

/** Shared memory, say, that is part of the reason does not leave the process. */
function reasonToText({ reason }: CancelEnvelope): string {
  try {
    return thrownToText(reason)
  } catch (cause) {
    return errorToText(new SerializationError('the reason of the cancellation cannot be sent', { cause }))
  }
}

function toEnvelope(received: Received): Envelope {
  switch (received.kind) {
    case 'return':
      return readable(received.id, () => ({ kind: 'return', id: received.id, ...decodeReturned(received.returned) }))
    case 'throw':
      return readable(received.id, () => ({ kind: 'throw', id: received.id, thrown: thrownFromText(received.thrown) }))
    default:
      return received
  }
}

/** What cannot be read is the failure of its call, and of no other. */
function readable(id: number, read: () => Envelope): Envelope {
  try {
    return read()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const message = `what came of the call cannot be read here (${why}): run servers and callers on the same Node.js`
    const error = new SerializationError(message, { adapter: adapterName, cause })
    return { kind: 'throw', id, thrown: thrownFromText(errorToText(error)) }
  }
}
