import type { Cancel } from './contract.ts'
import { now } from './deadline.ts'

/**
 * Timers of this thread that also run while it is blocked: the event loop fires them when it turns, and the waiter
 * when it does not. They do not keep the process alive.
 */
interface Timer {
  readonly due: number
  readonly task: () => void
  handle: ReturnType<typeof setTimeout> | undefined
}

/** The longest delay that `setTimeout` takes; it treats a longer one as 1 ms. */
const longestDelay = 2 ** 31 - 1

const timers = new Set<Timer>()

/** No timer is due before this. It may be too early, after a cancellation, which costs one look; never too late. */
let earliest = Number.POSITIVE_INFINITY

/** Runs `task` once, `delay` milliseconds from now or as soon after that as the thread turns its loop or is blocked. */
export function setTimer(delay: number, task: () => void): Cancel {
  const timer: Timer = { due: now() + delay, task, handle: undefined }
  timers.add(timer)
  earliest = Math.min(earliest, timer.due)
  arm(timer)
  return () => {
    timers.delete(timer)
    clearTimeout(timer.handle)
  }
}

/** When the next timer of this thread is due; `Infinity` if there is none. */
export function nextTimer(): number {
  return earliest
}

/** Runs the timers that are due. Called by the waiter. */
export function runDueTimers(): void {
  const time = now()
  if (time < earliest) return
  const due: Timer[] = []
  earliest = Number.POSITIVE_INFINITY
  for (const timer of timers) {
    if (timer.due <= time) due.push(timer)
    else earliest = Math.min(earliest, timer.due)
  }
  for (const timer of due) {
    // One of the tasks before it may have cancelled this one.
    if (timers.has(timer)) fire(timer)
  }
}

function arm(timer: Timer): void {
  const delay = timer.due - now()
  const handle = setTimeout(() => (delay > longestDelay ? arm(timer) : fire(timer)), Math.min(delay, longestDelay))
  // A browser's handle is a number.
  if (typeof handle === 'object') handle.unref()
  timer.handle = handle
}

function fire(timer: Timer): void {
  timers.delete(timer)
  clearTimeout(timer.handle)
  timer.task()
}
