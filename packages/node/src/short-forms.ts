import type { Call, Envelope, Return } from '@ambisync/core/adapter'

/**
 * An envelope as it is posted. Structured clone writes and reads the keys of an object with every message, which is
 * a good part of a short call's time, so plain calls and their answers are posted as bare arrays.
 */
export type Message =
  | readonly [id: Call['id'], module: Call['module'], name: Call['name'], args: Call['args']]
  | readonly [id: Return['id'], value: Return['value']]
  | Envelope

export function toMessage(envelope: Envelope): Message {
  switch (envelope.kind) {
    case 'call':
      if (envelope.timeout !== undefined || envelope.callbacks !== undefined) return envelope
      if (envelope.specials !== undefined || envelope.context !== undefined) return envelope
      if (envelope.key !== undefined) return envelope
      return [envelope.id, envelope.module, envelope.name, envelope.args]
    case 'return':
      if (envelope.specials !== undefined) return envelope
      return [envelope.id, envelope.value]
    default:
      return envelope
  }
}

export function toEnvelope(message: Message): Envelope {
  if ('kind' in message) return message
  if (message.length === 2) return { kind: 'return', id: message[0], value: message[1] }
  return { kind: 'call', id: message[0], module: message[1], name: message[2], args: message[3] }
}
