import { now } from './deadline.ts'

/**
 * What a thread sleeps on and is known by: two 32-bit integers in shared memory.
 *
 * `[WAKE]` is a counter. Written by everybody who has put something where the thread will look: add 1, then notify,
 * after it has been put there. Read by the thread itself before it looks; it sleeps on the value that it read.
 *
 * `[AWAKE]` is 1 while the thread looks at the counter by itself, or is busy and will. Written by the thread itself
 * only. Read by those who wait for something from it, to tell whether waiting awake is worth while. Nobody relies on
 * it: a wrong value costs time and loses nothing.
 */
export type WakeWord = Int32Array<SharedArrayBuffer>

export const WAKE = 0
export const AWAKE = 1

/** Where there is no shared memory, as on a page that is not cross-origin isolated, no other thread can ever have it. */
export function createWakeWord(): WakeWord {
  const Memory: SharedArrayBufferConstructor = globalThis.SharedArrayBuffer ?? ArrayBuffer
  return new Int32Array(new Memory(2 * Int32Array.BYTES_PER_ELEMENT))
}

/** To be called after something has been put where the owner of the word will look. */
export function wakeUp(word: WakeWord): void {
  Atomics.add(word, WAKE, 1)
  Atomics.notify(word, WAKE)
}

/** Who looked without a break notices at once; with a longer one, the core was given to somebody else meanwhile. */
const longestBreak = 0.02

/** How often the counter is looked at between two looks at the clock, which take ten times as long. */
const looksAtOnce = 8

/**
 * What came of looking. `found`: the counter has changed. `time is up`: it has not. `disturbed`: this thread was put off
 * its core meanwhile, and might as well have slept. `no use`: the peer sleeps, or has gone back to its event loop.
 */
export type LookResult = 'found' | 'time is up' | 'disturbed' | 'no use'

/**
 * Looks at the counter of a word until it is no longer `seen`, for `limit` milliseconds at most. Blocks, awake.
 *
 * @param begin what the clock shows
 * @param peer of the thread that something is expected of, if it matters whether that is awake
 */
export function lookOn(word: WakeWord, seen: number, begin: number, limit: number, peer?: WakeWord): LookResult {
  let last = begin
  for (;;) {
    let changed = false
    for (let look = 0; look < looksAtOnce && !changed; look++) changed = Atomics.load(word, WAKE) !== seen
    const time = now()
    if (time - last > longestBreak) return 'disturbed'
    if (changed) return 'found'
    if (time - begin >= limit) return 'time is up'
    if (peer !== undefined && Atomics.load(peer, AWAKE) === 0) return 'no use'
    last = time
  }
}
