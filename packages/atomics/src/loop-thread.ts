import type { Exit, WakeWord } from '@ambisync/core/adapter'
import type { StructuredCloneCodec } from './clone.ts'

/** What the loop's end is given of the way between the two: to be sent to its thread as it is. */
export interface Rings {
  /** The ring that the caller writes to, and the one that the loop writes to. */
  readonly calls: SharedArrayBuffer
  readonly answers: SharedArrayBuffer
  /** The wake word of the loop's thread. */
  readonly wake: WakeWord
}

/** The thread of one generation of a loop, as its caller sees it. Platforms differ in how it is started, and seen to die. */
export interface LoopThread {
  /** True once it is gone; what it wrote before that is in the ring. */
  readonly dead: boolean
  /** How it ended. To be asked once it is dead. */
  readonly exit: Exit
  /** Registers what the caller's event loop runs when it is gone, unless that changes the caller's wake word in any case. */
  onDeath(listener: () => void): void
  ref(): void
  unref(): void
  /** Ends it, even if its code never yields. */
  kill(): void
}

/** A thread that was started, and how values cross that the rings have no form of their own for. */
export interface StartedThread {
  readonly thread: LoopThread
  readonly clone: StructuredCloneCodec
  /** Called once it is over. */
  readonly release?: () => void
}
