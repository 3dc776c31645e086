/** Taken, and not yet cleared away, before the rest moves up. */
const mostTaken = 1_024

/**
 * First in, first out, each in constant time. With an array's `shift`, all the rest moves: a hundred thousand that wait,
 * such as the lines of a task that prints faster than they are taken, would take minutes.
 */
export class Queue<T extends object> {
  #items: (T | undefined)[] = []
  /** The position of the first. */
  #next = 0

  get size(): number {
    return this.#items.length - this.#next
  }

  /** Stays where it is. */
  get first(): T | undefined {
    return this.#items[this.#next]
  }

  push(item: T): void {
    this.#items.push(item)
  }

  /** Before all others: back to where it was taken from. */
  unshift(item: T): void {
    if (this.#next === 0) this.#items.unshift(item)
    else this.#items[--this.#next] = item
  }

  shift(): T | undefined {
    const first = this.first
    if (first === undefined) return undefined
    // It must not be kept alive by its old place.
    this.#items[this.#next++] = undefined
    if (this.#next === this.#items.length) this.clear()
    else if (this.#next >= mostTaken && this.#next >= this.size) this.#moveUp()
    return first
  }

  /** Out of the middle, which takes as long as there are items. */
  removeIf(isUnwanted: (item: T) => boolean): void {
    this.#items = this.#items.filter((item) => item !== undefined && !isUnwanted(item))
    this.#next = 0
  }

  clear(): void {
    this.#items.length = 0
    this.#next = 0
  }

  *[Symbol.iterator](): Generator<T> {
    for (let position = this.#next; position < this.#items.length; position++) {
      const item = this.#items[position]
      if (item !== undefined) yield item
    }
  }

  #moveUp(): void {
    this.#items = this.#items.slice(this.#next)
    this.#next = 0
  }
}
