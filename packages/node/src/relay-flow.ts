/*
 * How much of what the caller has sent is held up on the relay's thread, in shared memory, so that the caller can be held
 * up in turn before that becomes too much.
 *
 * `[HELD]` is the sum of the weights. Written by the caller (adds, before it posts) and by the relay (subtracts, once a
 * message is out). `[REFUSED]` is 1 while the caller wants to be told when there is room. The caller sets it and then
 * looks at the sum once more; the relay subtracts and then looks at it. So either the caller sees the smaller sum, or
 * the relay sees that it has to tell.
 */

export type FlowWords = Int32Array<SharedArrayBuffer>

const HELD = 0
const REFUSED = 1

export function createFlowWords(): FlowWords {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
}

/** What a message counts for, in KiB: its length where that is known, and itself. */
export function weightOf(message: unknown): number {
  const length = typeof message === 'string' ? message.length : ArrayBuffer.isView(message) ? message.byteLength : 0
  return 1 + Math.floor(length / 1_024)
}

/** The caller's side. True if nothing more may be sent now: there will be word of it when it may. */
export function isFull(words: FlowWords, limit: number): boolean {
  if (Atomics.load(words, HELD) < limit) return false
  // Before the second look, see above.
  Atomics.store(words, REFUSED, 1)
  return Atomics.load(words, HELD) >= limit
}

/** The caller's side: a message of this weight is about to be posted. */
export function hold(words: FlowWords, weight: number): void {
  Atomics.add(words, HELD, weight)
}

/** The caller's side: blocks until nothing is held up, `isOver`, or `time` milliseconds have passed. */
export function waitUntilOut(words: FlowWords, time: number, isOver: () => boolean): void {
  const end = performance.now() + time
  for (let left = time; left > 0 && !isOver(); left = end - performance.now()) {
    const held = Atomics.load(words, HELD)
    if (held <= 0) return
    // Woken by `release`; the end of the relay's thread wakes nobody here.
    Atomics.wait(words, HELD, held, Math.min(left, longestSleep))
  }
}

/** In milliseconds. */
const longestSleep = 50

/** The relay's side: it is out. True if the caller has to be told that there is room, which is half of it. */
export function release(words: FlowWords, weight: number, limit: number): boolean {
  const held = Atomics.sub(words, HELD, weight) - weight
  if (held <= 0) Atomics.notify(words, HELD)
  return held <= limit / 2 && Atomics.exchange(words, REFUSED, 0) === 1
}
