import type { Cancel } from './contract.ts'
import { now } from './deadline.ts'
import { dispatch } from './dispatch.ts'
import { type DueTimer, thread } from './thread.ts'

/**
 * Timers of this thread that also run while it is blocked: the event loop fires them when it turns, and the waiter
 * when it does not. They do not keep the process alive unless they are asked to.
 */
export interface Timer {
  cancel(): void
  /** Keeps the process alive until it has run or is cancelled. */
  ref(): void
}

/** Taken before test frameworks can put fake ones in their place. */
const { setTimeout, clearTimeout } = globalThis

/** The longest delay that `setTimeout` takes; it treats a longer one as 1 ms. */
const longestDelay = 2 ** 31 - 1

/** Runs `task` once, `delay` milliseconds from now or as soon after that as the thread turns its loop or is blocked. */
export function startTimer(delay: number, task: () => void): Timer {
  return new PendingTimer(now() + delay, task)
}

/** The same for adapters, see `OpenOptions.setTimer`. */
export function setTimer(delay: number, task: () => void): Cancel {
  const timer = startTimer(delay, task)
  return () => timer.cancel()
}

/** When the next timer of this thread is due; `Infinity` if there is none. */
export function nextTimer(): number {
  return thread.earliest
}

/** Runs the timers that are due. Called by the waiter, inside a dispatch. */
export function runDueTimers(): void {
  const time = now()
  if (time < thread.earliest) return
  const due: DueTimer[] = []
  // It may be too early, after a cancellation, which costs one look like this; never too late.
  thread.earliest = Number.POSITIVE_INFINITY
  for (const timer of thread.timers) {
    if (timer.due <= time) due.push(timer)
    else thread.earliest = Math.min(thread.earliest, timer.due)
  }
  due.sort((one, other) => one.due - other.due)
  // One of the tasks may cancel another.
  for (const timer of due) timer.fire()
}

class PendingTimer implements Timer, DueTimer {
  readonly due: number
  readonly #task: () => void
  #handle: ReturnType<typeof setTimeout> | undefined
  #held = false

  constructor(due: number, task: () => void) {
    this.due = due
    this.#task = task
    thread.timers.add(this)
    thread.earliest = Math.min(thread.earliest, due)
    this.#arm()
  }

  cancel(): void {
    thread.timers.delete(this)
    clearTimeout(this.#handle)
  }

  ref(): void {
    this.#held = true
    // A browser's handle is a number.
    if (typeof this.#handle === 'object') this.#handle.ref()
  }

  fire(): void {
    if (!thread.timers.has(this)) return
    this.cancel()
    this.#task()
  }

  #arm(): void {
    const delay = this.due - now()
    // Node's own clock is one of whole milliseconds, so it may be early by a part of one.
    const run = (): void => (now() < this.due ? this.#arm() : dispatch(() => this.fire()))
    // Not less than nothing: newer versions of Node.js warn of that.
    this.#handle = setTimeout(run, Math.max(0, Math.min(delay, longestDelay)))
    if (typeof this.#handle === 'object' && !this.#held) this.#handle.unref()
  }
}
