type AnyAsyncGenerator = AsyncGenerator<unknown, unknown, unknown>
type Result = IteratorResult<unknown, unknown>

/**
 * The promise of a call. Whether the task is a generator is known on the loop only, so the promise can be iterated over
 * as well: its steps wait for the call, and then take the generator that it gave.
 */
export class CallPromise<T> extends Promise<T> {
  /** What `then` makes is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  #generator: AnyAsyncGenerator | undefined
  /** Steps that wait for the generator. Those after them must not come before them. */
  #waiting = 0

  next(...sent: readonly [] | readonly [unknown]): Promise<Result> {
    return this.#step((generator) => generator.next(...sent))
  }

  return(value?: unknown): Promise<Result> {
    return this.#step((generator) => generator.return(value))
  }

  throw(reason: unknown): Promise<Result> {
    return this.#step((generator) => generator.throw(reason))
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  #step(take: (generator: AnyAsyncGenerator) => Promise<Result>): Promise<Result> {
    if (this.#generator !== undefined && this.#waiting === 0) return take(this.#generator)
    this.#waiting++
    return this.then((value) => {
      this.#waiting--
      this.#generator = generatorOf(value)
      return take(this.#generator)
    })
  }
}

function generatorOf(value: unknown): AnyAsyncGenerator {
  if (typeof value === 'object' && value !== null && Symbol.asyncIterator in value) return value as AnyAsyncGenerator
  throw new TypeError('the call gave no generator, so there is nothing to iterate over; await it instead')
}
