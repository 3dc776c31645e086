import { type CallSite, placeAt, takeTrace } from './call-site.ts'
import { checkOptionNames, checkSignal } from './check-options.ts'
import { checkTimeout } from './deadline.ts'
import { AbortError, NotSupportedError } from './errors.ts'
import { expireAfter, Future, promiseOf, rejectedFuture, settle, whenSettled } from './future.ts'
import { checkReadAhead } from './read-ahead.ts'
import { RemoteStream } from './stream.ts'
import type { AnyFunction, AsyncForm, SubmitForm, SyncForm } from './types.ts'

/** Options of a call, set by `.with`. */
export interface CallOptions {
  /**
   * Longest time for the call, in milliseconds; `Infinity`, the default, for no limit. When it is up, the call is
   * cancelled and fails with a `TimeoutError`, in every mode.
   */
  readonly timeout?: number | undefined
  /**
   * Cancels the call when it is aborted. Aborted already, the call fails with an `AbortError` before anything is sent.
   * While this thread is blocked only a callback can abort it: timers do not fire then, so use `timeout`.
   */
  readonly signal?: AbortSignal | undefined
  /**
   * How many items a generator on the loop may yield before they are asked for: a whole number, 256 by default. Text and
   * bytes count once more for each 1,024 characters or bytes. What it has run ahead to is dropped when it is closed or
   * thrown into. `0`: it does one step for each `next()`, which may carry a value then, as with a local generator.
   */
  readonly readAhead?: number | undefined
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
    label,
    sync(args, { timeout, signal }) {
      if (signal?.aborted) throw abortedBefore(label, signal)
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
  /** What the function is called, for messages. */
  readonly label: string
  start(args: readonly unknown[], options: CallOptions, site: CallSite): Future<unknown>
  /** Where blocking for what `start` returns is not the way. */
  sync?(args: readonly unknown[], options: CallOptions): unknown
}

export function createDual(methods: CallMethods, options: CallOptions = {}): DualForms<Callable, Callable, Callable> {
  const begin = (args: readonly unknown[], site: CallSite): Future<unknown> => {
    const { timeout, signal } = options
    if (signal?.aborted) return rejectedFuture(methods.label, placeAt(abortedBefore(methods.label, signal), site))
    const future = methods.start(args, options, site)
    if (timeout !== undefined) expireAfter(future, timeout)
    if (signal !== undefined) cancelBy(future, signal)
    return future
  }
  const siteOfSync = (): ReturnType<CallSite> => takeTrace(sync)
  const sync: Callable = (...args) => {
    if (methods.sync !== undefined) return methods.sync(args, options)
    const future = begin(args, siteOfSync)
    try {
      const value = future.result()
      return value instanceof RemoteStream ? value[Symbol.iterator]() : value
    } finally {
      // A deadlock: nobody else holds the call, so it must not run later on.
      future.cancel()
    }
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
  checkOptionNames(options, ['timeout', 'signal', 'readAhead'], 'a call')
  checkSignal(options.signal)
  checkReadAhead(options.readAhead)
  const checked: { -readonly [K in keyof CallOptions]: CallOptions[K] } = { ...options }
  if ('timeout' in options) {
    const timeout = checkTimeout(options.timeout, 'timeout')
    checked.timeout = timeout === Number.POSITIVE_INFINITY ? undefined : timeout
  }
  return checked
}

function abortedBefore(label: string, signal: AbortSignal): AbortError {
  return new AbortError(`${label} was not called: its signal is aborted already`, { cause: signal.reason })
}

function cancelBy(future: Future<unknown>, signal: AbortSignal): void {
  if (future.done()) return
  const cancel = (): boolean => future.cancel(signal.reason)
  signal.addEventListener('abort', cancel, { once: true })
  whenSettled(future, () => signal.removeEventListener('abort', cancel))
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
