import { checkOptionNames } from './check-options.ts'
import { checkTimeout } from './deadline.ts'
import { AbortError } from './errors.ts'
import {
  awaits,
  expireAfter,
  Future,
  type FutureSource,
  hold,
  observe,
  outcomeOf,
  resume,
  runFor,
  settle,
  whyStuck,
} from './future.ts'
import type { Source } from './waiter.ts'

export interface GatherOptions {
  /**
   * What was thrown does not reject the whole: every entry of the result is a `PromiseSettledResult`, as of
   * `Promise.allSettled`, so that a returned error cannot be taken for a thrown one. False by default.
   */
  readonly returnExceptions?: boolean | undefined
  /** The first failure cancels what is still pending. False by default: the others run on. */
  readonly cancelOnError?: boolean | undefined
  /** Longest time for all of them, in milliseconds. When it is up they are cancelled, and the whole fails with a `TimeoutError`. */
  readonly timeout?: number | undefined
}

export interface LimitedGatherOptions extends GatherOptions {
  /** How many run at the same time, at most: a whole number from 1 up. */
  readonly limit: number
}

type Results<F extends readonly Future<unknown>[]> = {
  -readonly [I in keyof F]: F[I] extends Future<infer T> ? T : never
}
type Outcomes<F extends readonly Future<unknown>[]> = {
  -readonly [I in keyof F]: F[I] extends Future<infer T> ? PromiseSettledResult<T> : never
}
type Starter = () => Future<unknown>
type StarterResults<S extends readonly Starter[]> = {
  -readonly [I in keyof S]: S[I] extends () => Future<infer T> ? T : never
}
type StarterOutcomes<S extends readonly Starter[]> = {
  -readonly [I in keyof S]: S[I] extends () => Future<infer T> ? PromiseSettledResult<T> : never
}

/**
 * Waits for many futures as one: their results in the order of the inputs, whatever loops and adapters they are of.
 *
 * The first failure rejects the whole at once while the others run on. Cancelling the whole cancels them. With
 * `limit` it takes functions that start a future each, and calls them as places become free: at once, on the event
 * loop, or inside a blocking wait for the whole. After a failure or cancellation no more are called.
 * @throws {TypeError} for an input that is not a future (with `limit`: not a function), or an unknown option
 * @throws {RangeError} for a `timeout` or `limit` that cannot be right
 * @example gather(urls.map((url) => http.fetchText.submit(url))).result()
 */
export function gather<const F extends readonly Future<unknown>[]>(
  futures: F,
  options: GatherOptions & { readonly returnExceptions: true; readonly limit?: undefined },
): Future<Outcomes<F>>
export function gather<const F extends readonly Future<unknown>[]>(
  futures: F,
  options?: GatherOptions & { readonly limit?: undefined },
): Future<Results<F>>
export function gather<const S extends readonly Starter[]>(
  starters: S,
  options: LimitedGatherOptions & { readonly returnExceptions: true },
): Future<StarterOutcomes<S>>
export function gather<const S extends readonly Starter[]>(
  starters: S,
  options: LimitedGatherOptions,
): Future<StarterResults<S>>
export function gather(
  inputs: readonly (Future<unknown> | Starter)[],
  options: GatherOptions & { readonly limit?: number | undefined } = {},
): Future<unknown[]> {
  if (!Array.isArray(inputs)) throw new TypeError('gather takes an array')
  const { timeout, limit, ...rest } = checkOptions(options)
  const starters = inputs.map((input, index) => checkInput(input, index, limit))
  const gathering = new Gathering(starters, limit ?? starters.length, rest)
  if (timeout !== Number.POSITIVE_INFINITY) expireAfter(gathering.future, timeout)
  return gathering.future
}

/** A gather under way. */
class Gathering implements FutureSource {
  readonly label: string
  readonly future: Future<unknown[]> = new Future(this)
  readonly #starters: readonly Starter[]
  readonly #limit: number
  readonly #options: GatherOptions
  readonly #results: unknown[] = []
  readonly #pending = new Set<Future<unknown>>()
  readonly #unobserve: (() => void)[] = []
  #started = 0
  #settled = 0
  #held = false
  #starting = false
  #cancelling = false

  constructor(starters: readonly Starter[], limit: number, options: GatherOptions) {
    this.label = `gather of ${starters.length}`
    this.#starters = starters
    this.#limit = limit
    this.#options = options
    if (starters.length === 0) settle(this.future, { state: 'fulfilled', value: [] })
    this.#start()
  }

  awaits(): Source | undefined {
    for (const future of this.#pending) {
      const source = awaits(future)
      if (source !== undefined) return source
    }
    return undefined
  }

  whyStuck(): string | undefined {
    for (const future of this.#pending) {
      const why = whyStuck(future)
      if (why !== undefined) return why
    }
    return undefined
  }

  hold(): void {
    this.#held = true
    for (const future of this.#pending) hold(future)
  }

  abandon(reason: unknown): void {
    for (const future of this.#pending) future.cancel(reason)
    this.#leave()
  }

  /** What became due inside a wait for something else has been put off to the event loop, which does not turn now. */
  resume(): void {
    this.#start()
    for (const future of this.#pending) resume(future)
  }

  /** Starts as many as there are places for. A starter that blocks may see places become free: not again in there. */
  #start(): void {
    if (this.#starting) return
    this.#starting = true
    this.#fillPlaces()
    this.#starting = false
  }

  #fillPlaces(): void {
    while (!this.future.done() && this.#started < this.#starters.length && this.#pending.size < this.#limit) {
      const index = this.#started++
      let future: Future<unknown>
      try {
        future = this.#starters[index]?.() as Future<unknown>
        if (!(future instanceof Future)) throw new TypeError(`function ${index} of the gather returned no future`)
      } catch (error) {
        this.#record(index, { status: 'rejected', reason: error })
        continue
      }
      this.#watch(index, future)
    }
  }

  #watch(index: number, future: Future<unknown>): void {
    if (future.done()) {
      this.#take(index, future)
      return
    }
    this.#pending.add(future)
    if (this.#held) hold(future)
    const unobserve = observe(future, this.future, () => {
      this.#pending.delete(future)
      this.#take(index, future)
      if (this.#started < this.#starters.length) runFor(this.future, () => this.#start())
    })
    this.#unobserve.push(unobserve)
  }

  #take(index: number, future: Future<unknown>): void {
    const outcome = outcomeOf(future)
    if (outcome === undefined) return
    if (outcome.state === 'fulfilled') this.#record(index, { status: 'fulfilled', value: outcome.value })
    else this.#record(index, { status: 'rejected', reason: outcome.reason })
  }

  #record(index: number, result: PromiseSettledResult<unknown>): void {
    const { returnExceptions, cancelOnError } = this.#options
    this.#settled++
    if (returnExceptions) this.#results[index] = result
    else if (result.status === 'fulfilled') this.#results[index] = result.value
    else settle(this.future, { state: 'rejected', reason: result.reason })
    if (result.status === 'rejected' && cancelOnError) this.#cancelRest(result.reason)
    if (this.#settled === this.#starters.length) settle(this.future, { state: 'fulfilled', value: this.#results })
    this.#leave()
  }

  /** A part may live long after the whole is settled; it need not remember the whole. */
  #leave(): void {
    if (!this.future.done()) return
    for (const unobserve of this.#unobserve) unobserve()
    this.#unobserve.length = 0
  }

  #cancelRest(reason: unknown): void {
    if (this.#cancelling) return
    this.#cancelling = true
    while (this.#started < this.#starters.length) {
      const error = new AbortError('was not started, because another one of the gather failed', { cause: reason })
      this.#record(this.#started++, { status: 'rejected', reason: error })
    }
    this.abandon(reason)
  }
}

const optionNames: readonly string[] = ['returnExceptions', 'cancelOnError', 'timeout', 'limit']

function checkOptions(options: GatherOptions & { readonly limit?: number | undefined }): typeof options & {
  readonly timeout: number
} {
  checkOptionNames(options, optionNames, 'gather')
  const { limit } = options
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
    throw new RangeError(`limit must be a whole number from 1 up, not ${String(limit)}`)
  }
  return { ...options, timeout: checkTimeout(options.timeout, 'timeout') }
}

function checkInput(input: Future<unknown> | Starter, index: number, limit: number | undefined): Starter {
  if (limit === undefined) {
    if (input instanceof Future) return () => input
    const hint = typeof input === 'function' ? 'a function, which needs the option "limit"' : `a ${typeof input}`
    throw new TypeError(`gather takes futures, made by .submit; input ${index} is ${hint}`)
  }
  if (typeof input === 'function') return input
  throw new TypeError(`gather with "limit" takes functions that return a future; input ${index} is a ${typeof input}`)
}
