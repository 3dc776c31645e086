import { type Deadline, now } from './deadline.ts'
import { dispatch } from './dispatch.ts'
import { whyNotBlock } from './may-block.ts'
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
  drive?(remaining: number, isDone: () => boolean): void
  /** See `Channel.obstacle`. */
  obstacle?(): string | undefined
  /** See `Channel.turnsLoop`. */
  readonly turnsLoop?: boolean | undefined
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

/** What has nothing that could settle it. */
export const noSources: readonly Source[] = []

/** What a blocking wait is for. */
export interface Waitable {
  /** What it is called, for messages. */
  readonly label: string
  isSettled(): boolean
  /**
   * The sources that could settle it while this thread is blocked, of those that are slept for one at least; none if
   * there is none.
   */
  awaits(): readonly Source[]
}

/** Why a wait has ended. `obstacle`: it can make no progress where it was begun, for this reason. */
export type WaitEnd = 'settled' | 'expired' | 'stuck' | { readonly obstacle: string }

/**
 * Blocks until `waitable` is settled, `deadline` has passed, or nothing is left that could settle it.
 *
 * Meanwhile everything that arrives on any channel of this thread is taken in, and due timers run.
 * @throws {NotSupportedError} where it would have to sleep, and the thread is one that must not
 */
export function block(waitable: Waitable, deadline: Deadline): WaitEnd {
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

function wait(waitable: Waitable, deadline: Deadline): WaitEnd {
  const { wake } = thread
  for (;;) {
    const seen = Atomics.load(wake, WAKE)
    const hasMore = seen !== thread.lookedAt && look(seen)
    if (waitable.isSettled()) return 'settled'
    const sources = waitable.awaits()
    if (sources.length === 0) return 'stuck'
    const time = now()
    if (time >= nextTimer()) {
      dispatch(runDueTimers)
      continue
    }
    if (time >= deadline) return 'expired'
    // What the look has set going may have sent something to this very thread.
    if (hasMore || Atomics.load(wake, WAKE) !== seen) continue
    const remaining = Math.min(deadline, nextTimer()) - time
    if (sources.every((source) => source.drive === undefined)) {
      const refusal = whyNotBlock(waitable.label)
      if (refusal !== undefined) throw refusal
      if (!sources[0]?.peer?.awaitAwake(wake, seen, time, remaining)) sleep(seen, remaining)
    } else {
      const obstacle = drive(sources, waitable, seen, remaining)
      if (obstacle !== undefined) return { obstacle }
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

function sleep(seen: number, limit: number): void {
  for (const source of thread.sources) source.fallAsleep?.()
  Atomics.store(thread.wake, AWAKE, 0)
  Atomics.wait(thread.wake, WAKE, seen, limit)
  Atomics.store(thread.wake, AWAKE, 1)
}

/** How long a source is driven that nothing else progresses beside, where there is something else. In milliseconds. */
const slice = 20

/**
 * Drives those that have to be. One that turns the event loop lets all others of its kind progress, too, and those that
 * are slept for: the event loop hears of what they send.
 *
 * @returns why none can be driven here, where nothing else is left to wait for
 */
function drive(sources: readonly Source[], waitable: Waitable, seen: number, remaining: number): string | undefined {
  const isDone = (): boolean => waitable.isSettled()
  // Looking for an obstacle may run what the event loop would.
  const hasNews = (): boolean => isDone() || Atomics.load(thread.wake, WAKE) !== seen
  const able: Source[] = []
  let obstacle: string | undefined
  for (const source of sources) {
    if (source.drive === undefined || (source.turnsLoop && able.some((each) => each.turnsLoop))) continue
    const found = source.obstacle?.()
    if (found === undefined) able.push(source)
    else obstacle ??= found
  }
  if (hasNews()) return undefined
  if (able.length === 0) {
    if (sources.every((source) => source.drive !== undefined)) return obstacle
    sleep(seen, remaining)
  }
  const othersProgress = able.length === 1 && (able[0]?.turnsLoop || thread.sources.size === 1)
  const longest = othersProgress ? remaining : Math.min(remaining, slice)
  // It may sleep on the wake word, too.
  for (const source of thread.sources) source.fallAsleep?.()
  for (const source of able) {
    if (hasNews()) break
    Atomics.store(thread.wake, AWAKE, 0)
    source.drive?.(longest, isDone)
    Atomics.store(thread.wake, AWAKE, 1)
    // Where the event loop was turned, what has come has changed the word.
    if (!source.turnsLoop) dispatch(() => source.pump())
  }
  return undefined
}

/** Whether `found` has all that a wait needs to know of the sources that could settle it: not each one of thousands. */
export function areEnough(found: readonly Source[]): boolean {
  if (found.length === 0) return false
  for (const source of thread.sources) {
    if (source.drive === undefined || found.includes(source)) continue
    if (!source.turnsLoop || !found.some((each) => each.turnsLoop)) return false
  }
  return true
}
