import type { QueuedCall } from './queued-call.ts'

/** Calls in the order in which they came. Those that leave it in the middle cost nothing until they are passed. */
export class CallQueue {
  #calls: QueuedCall[] = []
  /** The position in `calls` of the first that has not been passed. */
  #next = 0
  #size = 0

  /** How many wait. */
  get size(): number {
    return this.#size
  }

  add(call: QueuedCall): void {
    call.isWaiting = true
    this.#calls.push(call)
    this.#size++
  }

  remove(call: QueuedCall): void {
    if (!call.isWaiting) return
    call.isWaiting = false
    this.#size--
    // Where nothing is taken for long, those that have left must not pile up.
    const kept = this.#calls.length - this.#next
    if (kept > 2 * this.#size + 32) this.#compact()
  }

  /** The first one, out of the queue. One whose time is up is passed over: its timer removes it. */
  take(): QueuedCall | undefined {
    while (this.#next < this.#calls.length) {
      const call = this.#calls[this.#next++]
      if (this.#next === this.#calls.length || this.#next === 1_024) this.#compact()
      if (call === undefined || !call.isWaiting || call.hasExpired) continue
      call.isWaiting = false
      this.#size--
      return call
    }
    return undefined
  }

  *[Symbol.iterator](): Generator<QueuedCall> {
    for (const call of this.#calls.slice(this.#next)) if (call.isWaiting) yield call
  }

  #compact(): void {
    this.#calls = this.#calls.slice(this.#next).filter((call) => call.isWaiting)
    this.#next = 0
  }
}
