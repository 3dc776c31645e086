import { type Deadline, now } from './deadline.ts'
import { dispatch } from './dispatch.ts'
import type { Peer } from './peer.ts'
import { thread } from './thread.ts'
import { nextTimer, runDueTimers } from './timer.ts'
import { AWAKE, WAKE } from './wake-word.ts'

/**
 * Blocking, once per thread.
 *
 * A thread has one stack and many channels, so it sleeps on one word and looks at all of its channels whenever
 * that word has changed. Producers enqueue first, then add 1 to the word, then notify; the sleeper reads the word
 * first, then looks at the queues, then sleeps on the value read. Whatever was enqueued after the look has changed
 * the word by the time that `Atomics.wait` compares it, so it does not sleep.
 *
 * Before it sleeps it looks on for a moment where the thread that it waits for is awake: see `peer.ts`.
 */
export interface Source {
  /** Takes in what has arrived, without blocking. True if it stopped before the end, for others to have their turn. */
  pump(): boolean
  /** Makes progress where waiting is not sleeping on the wake word. See `Channel.drive`. */
  drive?(remaining: number): void
  /** The thread is about to sleep on the wake word: what arrives from now on has to change it. */
  fallAsleep?(): void
  /** The thread that something is expected of, where it can be told whether that is awake. */
  readonly peer?: Peer | undefined
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
  const { wake } = thread
  // Whoever waits for this thread may do so awake. See `WakeWord` for who reads it.
  const before = Atomics.exchange(wake, AWAKE, 1)
  thread.blocked++
  try {
    return wait(waitable, deadline)
  } finally {
    thread.blocked--
    Atomics.store(wake, AWAKE, before)
  }
}

function wait(waitable: Waitable, deadline: Deadline): ReturnType<typeof block> {
  const { wake } = thread
  for (;;) {
    const seen = Atomics.load(wake, WAKE)
    const hasMore = seen !== thread.lookedAt && look(seen)
    if (waitable.isSettled()) return 'settled'
    const source = waitable.awaits()
    if (source === undefined) return 'stuck'
    const time = now()
    if (time >= nextTimer()) {
      dispatch(runDueTimers)
      continue
    }
    if (time >= deadline) return 'expired'
    if (hasMore) continue
    const remaining = Math.min(deadline, nextTimer()) - time
    if (source.drive !== undefined) {
      source.drive(remaining)
      dispatch(() => source.pump())
    } else if (!source.peer?.awaitAwake(wake, seen, time, remaining)) {
      for (const each of thread.sources) each.fallAsleep?.()
      Atomics.store(wake, AWAKE, 0)
      Atomics.wait(wake, WAKE, seen, remaining)
      Atomics.store(wake, AWAKE, 1)
    }
  }
}

/** Takes in what has arrived on all channels. True if there is more. */
function look(seen: number): boolean {
  let hasMore = false
  dispatch(() => {
    for (const source of thread.sources) hasMore = source.pump() || hasMore
  })
  thread.lookedAt = hasMore ? undefined : seen
  return hasMore
}
