/** How envelopes cross: their short forms, and structured clone as bytes. For both ends of a channel. */
export { findPlatformObject } from './platform-objects.ts'
export { type Message, toEnvelope, toMessage } from './short-forms.ts'
export { decodeClone, encodeClone } from './structured-clone.ts'
