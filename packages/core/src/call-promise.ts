import type { Outcome } from './future.ts'

type AnyAsyncGenerator = AsyncGenerator<unknown, unknown, unknown>
type Result = IteratorResult<unknown, unknown>

/** A step that was asked for before it was known whether the call gives a generator. */
interface WaitingStep {
  readonly method: 'next' | 'return' | 'throw'
  readonly sent: readonly unknown[]
  readonly resolve: (result: Result | PromiseLike<Result>) => void
  readonly reject: (reason: unknown) => void
}

/**
 * The promise of a call. Whether the task is a generator is known on the loop only, so the promise can be iterated over
 * as well: its steps wait for the call, and then take the generator that it gave. After a call that failed they are
 * those of a generator that has thrown.
 */
export class CallPromise<T> extends Promise<T> {
  /** What `then` makes is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  #outcome: Outcome | undefined
  #threw = false
  readonly #waiting: WaitingStep[] = []

  next(...sent: readonly unknown[]): Promise<Result> {
    return this.#step('next', sent)
  }

  return(value?: unknown): Promise<Result> {
    return this.#step('return', [value])
  }

  throw(reason: unknown): Promise<Result> {
    return this.#step('throw', [reason])
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  /** To be told as soon as the promise is settled, and not when its reactions run: a step that waits is under way. */
  static settled(promise: CallPromise<unknown>, outcome: Outcome): void {
    promise.#outcome = outcome
    const takeAll = (): void => {
      for (const step of promise.#waiting.splice(0)) promise.#take(step)
    }
    if (promise.#waiting.length === 0) return
    // A generator of the user's on this thread must not run in the middle of a look.
    if (outcome.state === 'fulfilled' && !outcome.isStream) promise.then(takeAll)
    else takeAll()
  }

  #step(method: WaitingStep['method'], sent: readonly unknown[]): Promise<Result> {
    // Whoever iterates hears of a failure by the first step.
    if (this.#outcome?.state !== 'fulfilled') this.catch(() => {})
    return new Promise((resolve, reject) => {
      const step = { method, sent, resolve, reject }
      if (this.#outcome === undefined || this.#waiting.length > 0) this.#waiting.push(step)
      else this.#take(step)
    })
  }

  #take({ method, sent, resolve, reject }: WaitingStep): void {
    const outcome = this.#outcome
    if (outcome?.state !== 'fulfilled') {
      if (!this.#threw) reject(outcome?.reason)
      else if (method === 'throw') reject(sent[0])
      else resolve({ value: method === 'return' ? sent[0] : undefined, done: true })
      this.#threw = true
    } else if (isAsyncGenerator(outcome.value)) {
      resolve(outcome.value[method](...(sent as [unknown])))
    } else {
      reject(new TypeError('the call gave no generator, so there is nothing to iterate over; await it instead'))
    }
  }
}

function isAsyncGenerator(value: unknown): value is AnyAsyncGenerator {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value
}
