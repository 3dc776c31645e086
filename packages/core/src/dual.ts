import { type CallSite, takeTrace } from './call-site.ts'
import { checkTimeout } from './deadline.ts'
import { NotSupportedError } from './errors.ts'
import { expireAfter, Future, promiseOf, settle } from './future.ts'
import type { AnyFunction, AsyncForm, SubmitForm, SyncForm } from './types.ts'

/** Options of a call, set by `.with`. */
export interface CallOptions {
  /**
   * Longest time for the call, in milliseconds; `Infinity`, the default, for no limit. When it is up, the call is
   * cancelled and fails with a `TimeoutError`, in every mode.
   */
  readonly timeout?: number | undefined
}

/** One function in the forms for every kind of caller. `S`, `A` and `F` are the types of the three forms. */
export interface DualForms<S, A, F> {
  /** Blocks this thread until there is a result, and returns it or throws. */
  readonly sync: S
  /** Returns a promise; whatever goes wrong rejects it. */
  readonly async: A
  /** Starts the call and returns its {@link Future}; whatever goes wrong rejects it. */
  readonly submit: F
  /**
   * The same function with these options, on top of those that it has.
   *
   * @throws {TypeError | RangeError} for an option that is unknown or cannot be right, before anything is sent
   */
  with(options: CallOptions): DualForms<S, A, F>
}

/** A function `F`, async or not, to be called synchronously or asynchronously. */
export type Dual<F extends AnyFunction> = DualForms<SyncForm<F>, AsyncForm<F>, SubmitForm<F>>

/** Two implementations of one function, for {@link dual}. */
export interface NativePair<S extends AnyFunction, A extends (...args: never[]) => PromiseLike<unknown>> {
  readonly sync: S
  readonly async: A
}

/**
 * Makes a dual function of a native pair, such as `readFileSync` and `readFile` of `node:fs/promises`.
 *
 * `.sync` calls the one, `.async` and `.submit` the other, on this thread; no loop is involved. A future of it can
 * only be settled by this thread's event loop, so blocking for it is a `DeadlockError`. A running synchronous
 * function cannot be stopped, so `.with({ timeout }).sync()` is a `NotSupportedError`.
 * @throws {TypeError} if one of the two is not a function
 */
export function dual<S extends AnyFunction, A extends (...args: never[]) => PromiseLike<unknown>>(
  pair: NativePair<S, A>,
): DualForms<S, A, SubmitForm<A>> {
  const { sync, async } = Object(pair) as NativePair<Callable, Callable & (() => PromiseLike<unknown>)>
  if (typeof sync !== 'function' || typeof async !== 'function') {
    throw new TypeError('dual takes { sync, async }, both of them functions')
  }
  const label = async.name || sync.name || 'the call'
  return createDual({
    sync(args, { timeout }) {
      if (timeout === undefined) return sync(...args)
      const why = 'a synchronous function that is running cannot be stopped; leave the option out, or use .async'
      throw new NotSupportedError(`${label} has a native .sync, so the option "timeout" is not supported: ${why}`)
    },
    start: (args) => startOnThisThread(label, async, args),
  }) as unknown as DualForms<S, A, SubmitForm<A>>
}

type Callable = (...args: readonly unknown[]) => unknown

/** How a dual function makes its calls. Both are given what the user passed; `start` never throws. */
export interface CallMethods {
  start(args: readonly unknown[], site: CallSite): Future<unknown>
  /** Where blocking for what `start` returns is not the way. */
  sync?(args: readonly unknown[], options: CallOptions): unknown
}

export function createDual(methods: CallMethods, options: CallOptions = {}): DualForms<Callable, Callable, Callable> {
  const begin = (args: readonly unknown[], site: CallSite): Future<unknown> => {
    const future = methods.start(args, site)
    if (options.timeout !== undefined) expireAfter(future, options.timeout)
    return future
  }
  const siteOfSync = (): ReturnType<CallSite> => takeTrace(sync)
  const sync: Callable = (...args) => {
    if (methods.sync !== undefined) return methods.sync(args, options)
    return begin(args, siteOfSync).result()
  }
  const async: Callable = (...args) => {
    const trace = takeTrace(async)
    return promiseOf(begin(args, () => trace))
  }
  const submit: Callable = (...args) => {
    const trace = takeTrace(submit)
    return begin(args, () => trace)
  }
  return { sync, async, submit, with: (more) => createDual(methods, { ...options, ...checkCallOptions(more) }) }
}

function checkCallOptions(options: CallOptions): CallOptions {
  if (typeof options !== 'object' || options === null) throw new TypeError('with takes an object of call options')
  const unknown = Object.keys(options).find((key) => key !== 'timeout')
  if (unknown !== undefined) throw new TypeError(`"${unknown}" is not an option of a call; the options are: timeout`)
  const timeout = checkTimeout(options.timeout, 'timeout')
  return { timeout: timeout === Number.POSITIVE_INFINITY ? undefined : timeout }
}

function startOnThisThread(label: string, run: Callable, args: readonly unknown[]): Future<unknown> {
  const future = new Future<unknown>({ label, awaits: () => undefined, hold() {}, abandon() {} })
  const fail = (reason: unknown): void => settle(future, { state: 'rejected', reason })
  try {
    Promise.resolve(run(...args)).then((value) => settle(future, { state: 'fulfilled', value }), fail)
  } catch (error) {
    fail(error)
  }
  return future
}
