import type { Call, EncodedThrown, Envelope, Load } from '@ambisync/core/adapter'

/** What a process is given to do. */
export interface Order {
  /** Name of the loop, for the title of the process. */
  readonly loop: string
  readonly load: Load
  readonly call: Call
}

/** What a process leaves behind: what its host sent, or, if it ended before that, how. */
export type Outcome = Answer | LastWords

interface Answer {
  readonly kind: 'answer'
  readonly envelope: Envelope
}

export interface LastWords {
  readonly kind: 'last words'
  readonly code: number
  /** The uncaught exception or unhandled rejection that ended it. */
  readonly thrown: EncodedThrown | undefined
}
