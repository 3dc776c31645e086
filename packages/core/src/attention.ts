import { now } from './deadline.ts'
import { nextTurn } from './next-turn.ts'
import { Patience } from './patience.ts'
import { AWAKE, lookOn, WAKE, type WakeWord } from './wake-word.ts'

/*
 * How the thread of a loop comes to know that something has arrived: its event loop tells it, which has to be woken for
 * that; or, while calls come close together, it waits for the next one by itself for a while after it has answered.
 *
 *             told, and calls come close together         found something: take it in
 *   resting ----------------------------------> looking ------------------------------.
 *      ^                                          |  ^                                |
 *      '---- nothing more is to be expected ------'  '--- once its promises have run -'
 *
 * It waits awake where that pays. Where it does not, because both threads share a core, it dozes: it sleeps on its wake
 * word, and not in its event loop, from which it takes longer to come back. No task is kept waiting by that, since it is
 * done only where none is under way.
 *
 * Each look is a job of its own, so that what a call does in promises runs in between: a microtask, or, once microtasks
 * have gone on for some time, a turn of the event loop, which has its timers and its I/O as usual.
 *
 * AWAKE is 1 while it looks. On its way to rest the thread first sets it to 0 and then compares the counter with what it
 * was before the last look, while a peer enqueues and then adds to the counter: what was enqueued after that look is
 * seen in the comparison, or the event loop tells of it.
 */

/** How long to look for a call after an answer, and how soon after one a call has to have come for that. In milliseconds. */
const lookLimit = 0.4
const closeTogether = 0.5

/**
 * How long to doze, in milliseconds: for less, a system that has a clock tick each 4 ms would have to set a timer for each
 * doze, which takes as long as all the rest. Where the event loop waits for timers or I/O, these would be late by that.
 */
const dozeLimit = 4
const shortDozeLimit = 1

/**
 * How long to look where that has been in vain, and how long to leave it after that, in milliseconds. Two threads that
 * wake one another on one core stay there, although another one is free: the scheduler moves one of them only if both
 * want to run for as long as it takes to notice, which is some milliseconds.
 */
const probeLimit = 4
const probePause = 100

/** How long to look without giving the event loop a turn, in milliseconds. */
const sliceLimit = 0.05

/** How long microtasks may follow one another without giving the event loop a turn, in milliseconds. */
const microtasksLimit = 2

/** How many microtasks what has begun may take to come to its end, for who looks to be sure that it waits for something else. */
const mostMicrotasks = 16

/** What arrives at the loop, and what comes of it. */
export interface Attended {
  /** Takes in all that has arrived. True if there was something. */
  takeIn(): boolean
  /** Something has begun and not ended. */
  isBusy(): boolean
  /** Whether nothing but messages can have the event loop go on. */
  hasOnlyMessages(): boolean
  /** From now on the event loop has to tell of what arrives, and of what has arrived since the counter was `seen`. */
  rest(seen: number): void
}

export class Attention {
  readonly #word: WakeWord
  readonly #attended: Attended
  readonly #patience = new Patience(10)
  #looking = false
  /** When this job of the event loop began. */
  #jobBegan = 0
  /** Looks without a find, each a microtask. */
  #microtasks = 0
  #answeredAt = Number.NEGATIVE_INFINITY
  /** There was an answer since the last look. */
  #answered = false
  /** It waits awake. */
  #isAwake = true
  /** Until then it waits awake in any case, although that has been in vain lately. */
  #probeEnd = 0
  #nextProbe = 0

  constructor(word: WakeWord, attended: Attended) {
    this.#word = word
    this.#attended = attended
  }

  /** The event loop tells that something has arrived. */
  told(): void {
    // The next look is due already.
    if (this.#looking) return
    const time = now()
    if (time - this.#answeredAt <= closeTogether) {
      this.#looking = true
      this.#isAwake = this.#isWorthwhile(time)
      Atomics.store(this.#word, AWAKE, 1)
      this.#jobBegan = time
      this.#look()
    } else {
      const seen = Atomics.load(this.#word, WAKE)
      this.#attended.takeIn()
      this.#attended.rest(seen)
    }
  }

  /** Something has been sent that may have the caller send something else. */
  answered(): void {
    if (this.#looking) this.#answered = true
    else this.#answeredAt = now()
  }

  #isWorthwhile(time: number): boolean {
    if (time < this.#probeEnd || this.#patience.isWorthwhile) return true
    if (time < this.#nextProbe) return false
    this.#probeEnd = time + probeLimit
    this.#nextProbe = time + probePause
    return true
  }

  #look(): void {
    for (;;) {
      const seen = Atomics.load(this.#word, WAKE)
      if (this.#attended.takeIn()) {
        this.#microtasks = 0
        this.#lookSoon()
        return
      }
      if (this.#attended.isBusy() && this.#microtasks < mostMicrotasks) {
        this.#microtasks++
        this.#lookSoon()
        return
      }
      const time = now()
      if (this.#answered) {
        this.#answered = false
        this.#answeredAt = time
        this.#isAwake = this.#isWorthwhile(time)
      }
      const result = this.#isAwake ? this.#lookAwake(seen, time) : this.#doze(seen, time)
      if (result === 'soon') {
        nextTurn(() => this.#lookInNewJob())
        return
      }
      if (result === 'over' && this.#goToRest(seen)) return
    }
  }

  /** `soon`: the event loop is to have a turn first. */
  #lookAwake(seen: number, time: number): 'found' | 'soon' | 'over' {
    const isProbe = time < this.#probeEnd
    const left = isProbe ? this.#probeEnd - time : lookLimit - (time - this.#answeredAt)
    if (left <= 0) return 'over'
    const result = lookOn(this.#word, seen, time, Math.min(left, sliceLimit))
    if (left > sliceLimit && (result === 'time is up' || (result === 'disturbed' && isProbe))) return 'soon'
    this.#patience.learn(result === 'found')
    if (result !== 'found') return 'over'
    this.#probeEnd = 0
    return 'found'
  }

  #doze(seen: number, time: number): 'found' | 'over' {
    if (this.#attended.isBusy()) return 'over'
    const left = (this.#attended.hasOnlyMessages() ? dozeLimit : shortDozeLimit) - (time - this.#answeredAt)
    if (left <= 0) return 'over'
    Atomics.store(this.#word, AWAKE, 0)
    // Partner: `wakeUp`, by the caller. On whatever came after the look that `seen` was read before, it does not sleep.
    const result = Atomics.wait(this.#word, WAKE, seen, left)
    Atomics.store(this.#word, AWAKE, 1)
    return result === 'timed-out' ? 'over' : 'found'
  }

  /** When the promises that are settled by now have run what waits for them. */
  #lookSoon(): void {
    if (now() - this.#jobBegan < microtasksLimit) queueMicrotask(() => this.#look())
    else nextTurn(() => this.#lookInNewJob())
  }

  #lookInNewJob(): void {
    this.#jobBegan = now()
    this.#look()
  }

  /** False if something has arrived meanwhile. */
  #goToRest(seen: number): boolean {
    // Before the comparison, see above.
    Atomics.store(this.#word, AWAKE, 0)
    if (Atomics.load(this.#word, WAKE) !== seen) {
      Atomics.store(this.#word, AWAKE, 1)
      return false
    }
    this.#looking = false
    this.#attended.rest(seen)
    return true
  }
}
