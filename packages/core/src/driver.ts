/*
 * What `yield*` and the one that drives the generator have to do with each other.
 *
 * The driver is noted while it drives, so that `yield*` can ask it at once: a call that has its result at once need
 * not suspend the generator, and what goes wrong in it has the generator's line in its stack.
 */

/** Whoever drives the generator that is running on this thread. */
export interface Driver {
  /** `yield*` has come to `item`, a call or a future: its result, or the item for the driver to be yielded. */
  take(item: unknown): IteratorResult<unknown, unknown>
}

let driving: Driver | undefined

/** Notes who drives from now on, and returns who did before. */
export function exchangeDriver(driver: Driver | undefined): Driver | undefined {
  const before = driving
  driving = driver
  return before
}

/** What `yield*` iterates: yields `item` at most once, and returns what the driver sends or throws back. */
export class Delegation<I, T> implements Iterator<I, T, unknown> {
  readonly #item: I
  readonly #whyNot: string | undefined
  #given = false

  /** @param whyNot what is wrong with iterating where nobody drives, where something is */
  constructor(item: I, whyNot?: string) {
    this.#item = item
    this.#whyNot = whyNot
  }

  next(result?: unknown): IteratorResult<I, T> {
    // The driver answers an item with its result.
    if (this.#given) return { done: true, value: result as T }
    this.#given = true
    if (driving !== undefined) return driving.take(this.#item) as IteratorResult<I, T>
    if (this.#whyNot !== undefined) throw new TypeError(this.#whyNot)
    return { done: false, value: this.#item }
  }

  throw(error: unknown): IteratorResult<I, T> {
    throw error
  }

  return(value: T): IteratorResult<I, T> {
    return { done: true, value }
  }
}

/** Frames below this one are the generator's. */
export const delegated: (result?: unknown) => unknown = Delegation.prototype.next
