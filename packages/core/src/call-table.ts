/** How many of the latest ids have a place of their own. A power of two. */
const places = 64

/**
 * What belongs to calls, by their ids, which are counted up.
 *
 * Most calls are over before many others have begun, so each id has one of a few places, and only what stays longer than
 * that goes into a `Map`. One that is filled and emptied again and again makes a table each time, which the garbage
 * collector is slow to see through.
 */
export class CallTable<V> {
  readonly #ids: number[] = new Array(places).fill(0)
  readonly #values: (V | undefined)[] = new Array(places).fill(undefined)
  readonly #others = new Map<number, V>()
  /** How many of the places are taken. */
  #taken = 0

  get size(): number {
    return this.#taken + this.#others.size
  }

  /** @param id from 1 up */
  get(id: number): V | undefined {
    const place = id % places
    return this.#ids[place] === id ? this.#values[place] : this.#others.get(id)
  }

  has(id: number): boolean {
    return this.#ids[id % places] === id || this.#others.has(id)
  }

  set(id: number, value: V): void {
    const place = id % places
    const owner = this.#ids[place]
    if (owner !== 0 && owner !== id) {
      this.#others.set(id, value)
      return
    }
    if (owner === 0) this.#taken++
    this.#ids[place] = id
    this.#values[place] = value
  }

  delete(id: number): boolean {
    const place = id % places
    if (this.#ids[place] !== id) return this.#others.delete(id)
    this.#ids[place] = 0
    this.#values[place] = undefined
    this.#taken--
    return true
  }

  /** Those that there are now, in the order of their ids. What is done to the table meanwhile does not show. */
  entries(): (readonly [id: number, value: V])[] {
    const found: (readonly [number, V])[] = [...this.#others]
    for (const [place, id] of this.#ids.entries()) if (id !== 0) found.push([id, this.#values[place] as V])
    return found.sort(([left], [right]) => left - right)
  }
}
