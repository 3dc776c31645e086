import type { CallSite } from './call-site.ts'
import { checkOptionNames } from './check-options.ts'
import { checkTimeout } from './deadline.ts'
import { describeType } from './describe-type.ts'
import { dispatch } from './dispatch.ts'
import { beginCall, type Callee, DualCall, type RunMode, runsElsewhere } from './dual-call.ts'
import { AbortError, DeadlockError } from './errors.ts'
import {
  dependsOn,
  expireAfter,
  Future,
  type FutureSource,
  hold,
  isHeld,
  labelOf,
  leftOf,
  observe,
  outcomeOf,
  runFor,
  settle,
  start,
} from './future.ts'
import { runDueTimers } from './timer.ts'

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

type Entry = Future<unknown> | DualCall<unknown>
type Result<E> = E extends Future<infer T> | DualCall<infer T> ? T : never
type Results<E extends readonly Entry[]> = { -readonly [I in keyof E]: Result<E[I]> }
type Outcomes<E extends readonly Entry[]> = { -readonly [I in keyof E]: PromiseSettledResult<Result<E[I]>> }
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
 *
 * Calls that have not begun, `http.fetchText(url)`, may be among the futures, or take the place of all functions with
 * `limit`. Then the whole is such a call, too, for `yield*` or `await`. Run synchronously, it begins those that go on
 * on a loop before any that this thread has to do itself, one after the other.
 * @throws {TypeError} for an input that is neither a future nor a call (with `limit`: neither all functions nor all
 *   calls), or an unknown option
 * @throws {RangeError} for a `timeout` or `limit` that cannot be right
 * @example gather(urls.map((url) => http.fetchText.submit(url))).result()
 * @example const [left, right] = yield* gather([readText('left'), readText('right')])
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
export function gather<const E extends readonly Entry[]>(
  calls: E,
  options: GatherOptions & { readonly returnExceptions: true; readonly limit?: undefined },
): DualCall<Outcomes<E>>
export function gather<const E extends readonly Entry[]>(
  calls: E,
  options?: GatherOptions & { readonly limit?: undefined },
): DualCall<Results<E>>
export function gather<const C extends readonly DualCall<unknown>[]>(
  calls: C,
  options: LimitedGatherOptions & { readonly returnExceptions: true },
): DualCall<Outcomes<C>>
export function gather<const C extends readonly DualCall<unknown>[]>(
  calls: C,
  options: LimitedGatherOptions,
): DualCall<Results<C>>
export function gather(
  inputs: readonly (Entry | Starter)[],
  options: GatherOptions & { readonly limit?: number | undefined } = {},
): Future<unknown[]> | DualCall<unknown> {
  if (!Array.isArray(inputs)) throw new TypeError('gather takes an array')
  const checked = checkOptions(options)
  const { limit } = checked
  const isLazy = inputs.some((input) => input instanceof DualCall)
  const entries = inputs.map((input, index) => checkInput(input, index, limit, isLazy))
  if (isLazy) return new DualCall<unknown>(new GatherCallee(entries, checked), [])
  const future = begin(entries as Starter[], checked, 'async')
  start(future)
  return future
}

/** It starts at the first `resume`. */
function begin(starters: readonly Starter[], options: CheckedOptions, mode: RunMode): Future<unknown[]> {
  const { timeout, limit, ...rest } = options
  const { future } = new Gathering(starters, limit ?? starters.length, rest, mode)
  if (timeout !== Number.POSITIVE_INFINITY) expireAfter(future, timeout)
  return future
}

/** A gather of calls as a function that is called. */
class GatherCallee implements Callee {
  readonly label: string
  readonly generator: undefined
  readonly elsewhere: boolean = false
  readonly #entries: readonly (DualCall<unknown> | Starter)[]
  readonly #options: CheckedOptions

  constructor(entries: readonly (DualCall<unknown> | Starter)[], options: CheckedOptions) {
    this.label = `gather of ${entries.length}`
    this.#entries = entries
    this.#options = options
  }

  begin(_args: readonly unknown[], site: CallSite, mode: RunMode, remaining: number | undefined): Future<unknown> {
    const beginOne = (call: DualCall<unknown>): Future<unknown> => beginCall(call, site, mode, remaining)
    const { limit } = this.#options
    const starters = this.#entries.map((entry): Starter => {
      if (!(entry instanceof DualCall)) return entry
      // What goes on elsewhere does so while this thread is busy with the others.
      if (mode === 'sync' && limit === undefined && runsElsewhere(entry)) beginOne(entry)
      return () => beginOne(entry)
    })
    return begin(starters, this.#options, mode)
  }
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
  readonly #cancelled: Future<unknown>[] = []
  readonly #mode: RunMode
  #started = 0
  #settled = 0
  #starting = false
  #cancelling = false

  constructor(starters: readonly Starter[], limit: number, options: GatherOptions, mode: RunMode) {
    this.label = `gather of ${starters.length}`
    this.#starters = starters
    this.#limit = limit
    this.#options = options
    this.#mode = mode
    if (starters.length === 0) settle(this.future, { state: 'fulfilled', value: [] })
  }

  waitsOn(): Iterable<Future<unknown>> {
    return this.#pending
  }

  abandon(reason: unknown): void {
    for (const future of this.#pending) {
      // It leaves the pending ones by that.
      future.cancel(reason)
      this.#cancelled.push(future)
    }
    this.#leave()
  }

  left(): Future<unknown> | undefined {
    const left = this.#cancelled.flatMap((future) => leftOf(future) ?? [])
    return left.length === 0 ? undefined : gather(left)
  }

  /** What became due inside a wait for something else has been put off to the event loop, which does not turn now. */
  resume(): void {
    this.#start()
  }

  /** Starts as many as there are places for. A starter that blocks may see places become free: not again in there. */
  #start(): void {
    if (this.#starting) return
    this.#starting = true
    this.#fillPlaces()
    this.#starting = false
  }

  #fillPlaces(): void {
    while (this.#started < this.#starters.length && this.#pending.size < this.#limit) {
      // The time may be up after one that has kept this thread busy.
      if (this.#mode === 'sync') dispatch(runDueTimers)
      if (this.future.done()) return
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
    if (dependsOn(future, this.future)) {
      const error = new DeadlockError(`${this.label} is part of what ${labelOf(future)}, one of its calls, waits for`)
      this.#record(index, { status: 'rejected', reason: error })
      return
    }
    this.#pending.add(future)
    if (isHeld(this.future)) hold(future)
    const unobserve = observe(future, this.future, () => {
      this.#pending.delete(future)
      this.#take(index, future)
      if (this.#started < this.#starters.length) runFor(this.future, () => this.#start())
    })
    this.#unobserve.push(unobserve)
    // Only now, because what it does first may concern the whole.
    start(future)
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

interface CheckedOptions extends GatherOptions {
  readonly timeout: number
  readonly limit?: number | undefined
}

function checkOptions(options: GatherOptions & { readonly limit?: number | undefined }): CheckedOptions {
  checkOptionNames(options, optionNames, 'gather')
  const { limit } = options
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
    throw new RangeError(`limit must be a whole number from 1 up, not ${String(limit)}`)
  }
  return { ...options, timeout: checkTimeout(options.timeout, 'timeout') }
}

function checkInput(
  input: Entry | Starter,
  index: number,
  limit: number | undefined,
  isLazy: boolean,
): DualCall<unknown> | Starter {
  if (input instanceof DualCall) return input
  if (limit === undefined) {
    if (input instanceof Future) return () => input
    const hint = typeof input === 'function' ? 'a function, which needs the option "limit"' : describeType(input)
    throw new TypeError(`gather takes futures, made by .submit, and calls; input ${index} is ${hint}`)
  }
  if (typeof input === 'function' && !isLazy) return input
  const all = isLazy ? 'calls, where one of them is' : 'functions that return a future, or calls'
  throw new TypeError(`gather with "limit" takes ${all}; input ${index} is ${describeType(input)}`)
}
