import type { EncodedThrown } from '@ambisync/core/adapter'
import type { Moved } from './moved.ts'

/**
 * What a module that is relayed exports: a function that runs on the relay's thread and connects to wherever the loop is.
 *
 * @param start what the adapter gave to `relay` as `start`
 * @throws anything: the loop could not start then, and that is the cause
 */
export type Connect<S = unknown> = (start: S) => RelayEnd | Promise<RelayEnd>

/** The asynchronous end of a relay: the way to a loop from a thread whose event loop is never blocked. */
export interface RelayEnd {
  /**
   * Sends a message from the caller on its way. Called in order, and again before the last one is out.
   *
   * A promise is for what could not be sent at once. Until it resolves, the message counts as one that is held up here,
   * and of those the caller is let send only so much. What cannot be sent because the loop has ended is dropped.
   */
  send(message: unknown): void | Promise<void>
  /** Registers what takes a message to the caller, and what moves with it. Called once, before anything is sent. */
  onMessage(listener: (message: unknown, transfer?: readonly Moved[]) => void): void
  /** Registers what is told that the loop has ended, once, after its last message. Called once. */
  onExit(listener: (exit: RelayExit) => void): void
  /** Ends the loop, whatever it is doing. Its exit is told as any other. */
  kill(): void
  /** How the other side is, as clauses, for `loop.explain()`; the caller waits for a second at most. */
  explain?(): Promise<readonly string[]>
}

/** How the loop ended. */
export interface RelayExit {
  readonly code?: number | undefined
  readonly signal?: string | undefined
  /** What it died of, as an error of the relay's thread, or as the loop itself has encoded it. */
  readonly cause?: { readonly thrown: unknown } | { readonly encoded: EncodedThrown } | undefined
}
