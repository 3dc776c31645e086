/** How envelopes cross from thread to thread: their short forms. For both ends of a channel. */
export { type Message, toEnvelope, toMessage } from './short-forms.ts'
