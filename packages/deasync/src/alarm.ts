/** Taken before test frameworks can put fake ones in their place: a turned loop has to be woken by the real ones. */
const { setTimeout, clearTimeout, setImmediate, clearImmediate } = globalThis

/** The longest delay that Node's timers take, in milliseconds. */
export const longestDelay: number = 2 ** 31 - 1

/** How long timers that were started may take to fire before they are known not to, in milliseconds. */
const deadAfter = 1_000

/**
 * Wakes a turned loop when its time is up, and has timers fire in it.
 *
 * It does not rely on them itself: `Atomics.waitAsync` has timers of its own.
 */
export class Alarm {
  isUp = false
  /** No timer of Node's will ever fire in this wait. */
  hasDeadTimers = false
  readonly #word = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #starter: NodeJS.Timeout
  readonly #immediate: NodeJS.Immediate | undefined

  /** @param limit in milliseconds */
  constructor(limit: number) {
    const ring = (): void => {
      this.isUp = true
    }
    // More precise than the millisecond that timers have: at the end, the loop is turned without pause.
    if (limit < 1) this.#immediate = setImmediate(ring)
    else if (limit !== Number.POSITIVE_INFINITY) this.#after(limit, ring)
    let haveFired = false
    this.#starter = startTimers(() => {
      haveFired = true
    })
    this.#after(deadAfter, () => {
      this.hasDeadTimers = !haveFired
    })
  }

  cancel(): void {
    clearTimeout(this.#starter)
    clearImmediate(this.#immediate)
    Atomics.notify(this.#word, 0)
  }

  #after(delay: number, task: () => void): void {
    const { async, value } = Atomics.waitAsync(this.#word, 0, 0, delay)
    if (async) void value.then((why) => why === 'timed-out' && task())
  }
}

/** What Node's timers and their lists have, on every version: the time of one's start, and that of a list's first end. */
interface Links {
  readonly _idleStart?: number
  readonly _idlePrev?: { readonly expiry?: number }
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
 *
 * There is a moment where nothing sets it: in a timer that has become due only while Node was running others of the
 * same turn. Then no timer fires at all, not even this one.
 */
function startTimers(onFire: () => void): NodeJS.Timeout {
  for (let duration = 1; ; duration++) {
    const timer = setTimeout(onFire, duration)
    if (beginsList(timer, duration) || duration === mostDurations) return timer
    clearTimeout(timer)
  }
}

function beginsList(timer: NodeJS.Timeout, duration: number): boolean {
  const { _idleStart, _idlePrev } = timer as Links
  // It is the first of the list, and the list is no older.
  return _idleStart !== undefined && _idlePrev?.expiry === _idleStart + duration
}
