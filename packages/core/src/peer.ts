import { Patience } from './patience.ts'
import { AWAKE, lookOn, type WakeWord } from './wake-word.ts'

/** Some times what it takes to wake a thread on another core: who waits for longer had better sleep. In milliseconds. */
const lookLimit = 0.25

/** The thread at the other end of a channel, as seen by who waits for it. */
export class Peer {
  readonly #word: WakeWord
  readonly #patience: Patience = new Patience(8)

  constructor(word: WakeWord) {
    this.#word = word
  }

  /**
   * Waits for the counter of `word`, this thread's own, to change, without going to sleep: while the peer is awake, and
   * where that has been of use. True if it has changed.
   */
  awaitAwake(word: WakeWord, seen: number, time: number, remaining: number): boolean {
    if (Atomics.load(this.#word, AWAKE) === 0 || !this.#patience.isWorthwhile) return false
    const look = lookOn(word, seen, time, Math.min(lookLimit, remaining), this.#word)
    if (look !== 'no use') this.#patience.learn(look === 'found')
    return look === 'found'
  }
}
