/*
 * Whether it pays to look again and again before going to sleep.
 *
 * Waking a thread that sleeps takes some 35 us where it is on another core, so looking on for about as long is cheaper
 * than sleeping, if what is awaited comes that soon. It only costs where it does not come, or cannot come because the
 * one that looks is in the way: on one core, or with all of them busy. Nobody can tell beforehand, so it is learnt: what
 * was in vain is not tried again for a while, and for longer each time that it was in vain again.
 */

/** Of one who waits for one thing again and again. */
export class Patience {
  readonly #mostFailures: number
  #failures = 0
  #pause = 0

  /** @param mostFailures in a row after which the pause does not grow any more: 2 to that power of opportunities */
  constructor(mostFailures: number) {
    this.#mostFailures = mostFailures
  }

  /** To be asked once for each opportunity. */
  get isWorthwhile(): boolean {
    if (this.#pause === 0) return true
    this.#pause--
    return false
  }

  /** @param found what was looked for has come while this thread looked, and had its core to itself */
  learn(found: boolean): void {
    this.#failures = found ? 0 : Math.min(this.#failures + 1, this.#mostFailures)
    this.#pause = found ? 0 : 2 ** this.#failures
  }
}
