import { type Deadline, now } from './deadline.ts'
import { dispatch } from './dispatch.ts'
import { thread } from './thread.ts'
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
  /** Takes in what has arrived, without blocking. True if it stopped before the end, for others to have their turn. */
  pump(): boolean
  /** Makes progress where waiting is not sleeping on the wake word. See `Channel.drive`. */
  drive?(remaining: number): void
}

/** Something that can be waited for although only the clock will end it. */
export const clock: Source = { pump: () => false }

export function addSource(source: Source): void {
  thread.sources.add(source)
}

export function removeSource(source: Source): void {
  thread.sources.delete(source)
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
  thread.blocked++
  try {
    return wait(waitable, deadline)
  } finally {
    thread.blocked--
  }
}

function wait(waitable: Waitable, deadline: Deadline): ReturnType<typeof block> {
  for (;;) {
    const seen = Atomics.load(thread.wake, 0)
    let hasMore = false
    dispatch(() => {
      if (seen !== thread.lookedAt) {
        for (const source of thread.sources) hasMore = source.pump() || hasMore
        thread.lookedAt = hasMore ? undefined : seen
      }
      runDueTimers()
    })
    if (waitable.isSettled()) return 'settled'
    const source = waitable.awaits()
    if (source === undefined) return 'stuck'
    const time = now()
    if (time >= deadline) return 'expired'
    if (hasMore) continue
    const remaining = Math.max(0, Math.min(deadline, nextTimer()) - time)
    if (source.drive === undefined) {
      Atomics.wait(thread.wake, 0, seen, remaining)
    } else {
      source.drive(remaining)
      dispatch(() => source.pump())
    }
  }
}
