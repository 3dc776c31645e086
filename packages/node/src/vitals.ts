import type { MessagePort } from 'node:worker_threads'
import type { WakeWord } from '@ambisync/core/adapter'

/**
 * What a loop's worker is given so that its caller hears of its end, whatever that is.
 *
 * `flags[DEAD]` goes from 0 to 1, once: written by the worker as the last thing its `exit` event does, or by the
 * watchdog when the worker's end of `life` has closed; read by the caller, which drains the loop's messages only
 * after it has seen the 1, and so misses none that were sent before.
 * `flags[ENTERED]` goes from 0 to 1 when the worker's own script begins to run.
 */
export interface Vitals {
  readonly flags: Int32Array<SharedArrayBuffer>
  /** The calling thread's wake word. */
  readonly wake: WakeWord
  /** Never written to. It closes when the worker is gone, even if that ran out of memory or was killed. */
  readonly life: MessagePort
  /** Takes the one message that a worker sends when it ends by itself. */
  readonly lastWords: MessagePort
}

export const DEAD = 0
export const ENTERED = 1
export const flagCount = 2

/** The order is what counts: first the flag, which is part of what `poll` looks at, then the word, then the wake-up. */
export function markDead({ flags, wake }: Pick<Vitals, 'flags' | 'wake'>): void {
  Atomics.store(flags, DEAD, 1)
  Atomics.add(wake, 0, 1)
  Atomics.notify(wake, 0)
}
