/** For whoever writes an adapter: the contract, the envelopes, and the loop's end of a channel. */
export type {
  Adapter,
  Cancel,
  Capabilities,
  Channel,
  Exit,
  HostLink,
  LoopEnd,
  OpenOptions,
  OutputMode,
  ServedLoop,
  TaskModule,
} from './contract.ts'
export { Unsendable } from './encode-value.ts'
export { NotSupportedError, SerializationError } from './errors.ts'
export { type ForwardedCall, type ForwardedOutcome, forward } from './forward.ts'
export { serve } from './host.ts'
export { nextTurn } from './next-turn.ts'
export type {
  Call,
  Cancel as CancelEnvelope,
  EncodedThrown,
  Envelope,
  Load,
  Output,
  OutputStream,
  Ready,
  Return,
  Specials,
  Stop,
  Throw,
} from './protocol.ts'
export { Queue } from './queue.ts'
export { decodeThrown, postThrown } from './thrown.ts'
export type { TransferList } from './transfer.ts'
export { onWake, WakeListener } from './wake-listener.ts'
export { createWakeWord, type WakeWord, wakeUp } from './wake-word.ts'
