/** Taken before test frameworks can put fake ones in their place: a turned loop has to be woken by the real ones. */
const { setTimeout, clearTimeout, setImmediate, clearImmediate } = globalThis

/** The longest delay that Node's timers take, in milliseconds. */
export const longestDelay: number = 2 ** 31 - 1

/** Wakes a turned loop when its time is up, and has timers fire in it. */
export class Alarm {
  isUp = false
  readonly #cancel: () => void
  readonly #starter: NodeJS.Timeout = startTimers()

  /** @param limit in milliseconds */
  constructor(limit: number) {
    this.#cancel = wakeAfter(limit, () => {
      this.isUp = true
    })
  }

  cancel(): void {
    this.#cancel()
    clearTimeout(this.#starter)
  }
}

/** More precise than the millisecond that Node's timers have: at the end, the loop is turned without pause. */
function wakeAfter(limit: number, wake: () => void): () => void {
  if (limit === Number.POSITIVE_INFINITY) return () => {}
  if (limit < 1) {
    const handle = setImmediate(wake)
    return () => clearImmediate(handle)
  }
  const handle = setTimeout(wake, Math.min(limit, longestDelay))
  return () => clearTimeout(handle)
}

/** What Node's timers and their lists have, on every version: the time of one's start, and that of a list's first end. */
interface Links {
  readonly _idleStart?: number
  readonly _idlePrev?: { readonly expiry?: number }
  readonly _idleNext?: unknown
}

/** More durations than a program is likely to have timers of. */
const mostDurations = 1_000

/**
 * Has the timers fire that there are, in a loop that is turned from within a timer.
 *
 * Node keeps timers in lists by their duration, and has libuv wake it for the earliest one. It sets that when a list
 * begins, and after it has run timers: not while it does. So a timer that was there before, or that joins a list that was,
 * would not fire as long as one is blocked; and `deasync` by itself waits for ever. A list that begins now sets it, and
 * when that fires, all are looked at.
 */
function startTimers(): NodeJS.Timeout {
  for (let duration = 1; ; duration++) {
    const timer = setTimeout(() => {}, duration)
    if (beginsList(timer, duration) || duration === mostDurations) return timer
    clearTimeout(timer)
  }
}

function beginsList(timer: NodeJS.Timeout, duration: number): boolean {
  const { _idleStart, _idlePrev, _idleNext } = timer as Links
  // It is alone in the list, and the list is no older. One of the same millisecond may have begun before timers were run.
  return _idleStart !== undefined && _idlePrev === _idleNext && _idlePrev?.expiry === _idleStart + duration
}
