import { nextTurn } from './next-turn.ts'
import { WAKE, type WakeWord } from './wake-word.ts'

/*
 * How an event loop hears of a change of its thread's wake word, on any runtime: `Atomics.waitAsync`, whose promise is
 * settled in a job of its own. It does not keep a process alive by itself.
 */

/** One who wants to be told. */
export class WakeListener {
  readonly #word: WakeWord
  readonly #listener: () => void
  /** A promise is pending: it settles at the next change, whatever it was made for. */
  #waiting = false

  constructor(word: WakeWord, listener: () => void) {
    this.#word = word
    this.#listener = listener
  }

  /** Has the listener run once, as soon as the word is something else than `seen`. */
  listen(seen: number): void {
    if (this.#waiting) return
    this.#waiting = true
    const heard = (): void => {
      this.#waiting = false
      this.#listener()
    }
    // Partner: `wakeUp` of whoever has something for this thread. It compares and registers in one step.
    const wait = Atomics.waitAsync(this.#word, WAKE, seen)
    if (wait.async) void wait.value.then(heard)
    else nextTurn(heard)
  }
}

/** The channels of this thread, by the wake word that it has. */
const hubs = new WeakMap<WakeWord, Hub>()

/** All channels of a thread, which share its wake word, and so are told by one promise. */
class Hub {
  readonly #word: WakeWord
  readonly #listeners = new Set<() => void>()
  readonly #wake: WakeListener

  constructor(word: WakeWord) {
    this.#word = word
    this.#wake = new WakeListener(word, () => this.#tell())
  }

  add(listener: () => void): () => void {
    this.#listeners.add(listener)
    this.#wake.listen(Atomics.load(this.#word, WAKE))
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    // Before they look: what comes meanwhile changes it.
    const seen = Atomics.load(this.#word, WAKE)
    try {
      for (const listener of this.#listeners) listener()
    } finally {
      if (this.#listeners.size > 0) this.#wake.listen(seen)
    }
  }
}

/** Runs `listener` on this thread's event loop after each change of its wake word. Returns the opposite. */
export function onWake(word: WakeWord, listener: () => void): () => void {
  let hub = hubs.get(word)
  if (hub === undefined) {
    hub = new Hub(word)
    hubs.set(word, hub)
  }
  return hub.add(listener)
}
