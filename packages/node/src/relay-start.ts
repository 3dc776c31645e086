import type { MessagePort } from 'node:worker_threads'
import type { EncodedThrown } from '@ambisync/core/adapter'
import type { FlowWords } from './relay-flow.ts'

/** What the thread is given. */
export interface RelayStart {
  readonly module: string
  readonly start: unknown
  /** Messages, both ways. */
  readonly data: MessagePort
  /** To the thread: {@link KILL}, {@link Question}. To the caller: {@link ROOM}, and at the end how it came to that. */
  readonly control: MessagePort
  /** 1 once the exit and all that goes before it has been posted. Written by the thread, before it wakes the caller. */
  readonly ended: Int32Array<SharedArrayBuffer>
  readonly flow: FlowWords
  /** In KiB. */
  readonly limit: number
}

export const KILL = 'kill'
export const ROOM = 'room'

/** Asks for what `RelayEnd.explain` gives. */
export interface Question {
  readonly answer: MessagePort
  /** 1 once the answer is posted; then it is notified. */
  readonly answered: Int32Array<SharedArrayBuffer>
}

/** The end of the loop as the thread posts it. */
export interface RelayedExit {
  readonly code: number | undefined
  readonly signal: string | undefined
  readonly thrown: EncodedThrown | undefined
}
