import { type Deadline, now } from './deadline.ts'
import { dispatch } from './dispatch.ts'
import { nextTimer, runDueTimers } from './timer.ts'

/**
 * Blocking, once per thread.
 *
 * A thread has one stack and many channels, so it sleeps on one word and looks at all of its channels whenever
 * that word has changed. Producers enqueue first, then add 1 to the word, then notify; the sleeper reads the word
 * first, then looks at the queues, then sleeps on the value read. Whatever was enqueued after the look has changed
 * the word by the time that `Atomics.wait` compares it, so it does not sleep.
 */
export interface Source {
  /** Takes in everything that has arrived, without blocking. */
  pump(): void
  /** Makes progress where waiting is not sleeping on the wake word. See `Channel.drive`. */
  drive?(remaining: number): void
}

/** The wake word of this thread. Written by every producer of every channel (add, notify), read here. */
export const wake: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4))

/** Something that can be waited for although only the clock will end it. */
export const clock: Source = { pump() {} }

const sources = new Set<Source>()

/** The value of the word before the last look at all sources: while it stays, nothing new can have arrived. */
let lookedAt = -1

export function addSource(source: Source): void {
  sources.add(source)
}

export function removeSource(source: Source): void {
  sources.delete(source)
}

/** What a blocking wait is for. */
export interface Waitable {
  isSettled(): boolean
  /** One source that could settle it while this thread is blocked; undefined if there is none. */
  awaits(): Source | undefined
}

/**
 * Blocks until `waitable` is settled, `deadline` has passed, or nothing is left that could settle it.
 *
 * Meanwhile everything that arrives on any channel of this thread is taken in, and due timers run.
 */
export function block(waitable: Waitable, deadline: Deadline): 'settled' | 'expired' | 'stuck' {
  for (;;) {
    const seen = Atomics.load(wake, 0)
    dispatch(() => {
      if (seen !== lookedAt) {
        for (const source of sources) source.pump()
        lookedAt = seen
      }
      runDueTimers()
    })
    if (waitable.isSettled()) return 'settled'
    const source = waitable.awaits()
    if (source === undefined) return 'stuck'
    const time = now()
    if (time >= deadline) return 'expired'
    const remaining = Math.max(0, Math.min(deadline, nextTimer()) - time)
    if (source.drive === undefined) {
      Atomics.wait(wake, 0, seen, remaining)
    } else {
      source.drive(remaining)
      dispatch(() => source.pump())
    }
  }
}
