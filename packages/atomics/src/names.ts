/*
 * Names that are sent again and again, of tasks and of properties, go as numbers: the first time with the name itself,
 * from which both ends count alike. This can be, because frames arrive once each, in order.
 */

/** There is no end to the keys that data may have: what comes after so many goes as text each time. */
const mostNames = 4_096

/** No number of a name: one that is not counted follows. */
export const uncounted = -1

/** The writer's side. */
export class NamesSent {
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []

  get count(): number {
    return this.#names.length
  }

  /** The number of a name that has been sent. */
  numberOf(name: string): number | undefined {
    return this.#numbers.get(name)
  }

  /** The number of a name that is sent now, if it is to be counted. */
  add(name: string): number {
    const number = this.#names.length
    if (number >= mostNames) return uncounted
    this.#names.push(name)
    this.#numbers.set(name, number)
    return number
  }

  /** Only the first `count` have been sent. */
  forget(count: number): void {
    for (const name of this.#names.splice(count)) this.#numbers.delete(name)
  }
}
