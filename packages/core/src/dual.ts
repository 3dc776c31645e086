import { type CallSite, placeAt, takeTrace } from './call-site.ts'
import { type CallMode, type CallTarget, traceBeginning, traceBlocking } from './call-trace.ts'
import { checkOptionNames, checkSignal } from './check-options.ts'
import { checkTimeout, now } from './deadline.ts'
import { describeType } from './describe-type.ts'
import { type Callee, DualCall, type GeneratorFunctionOf, type RunMode } from './dual-call.ts'
import { AbortError, NotSupportedError } from './errors.ts'
import {
  blockFor,
  expireAfter,
  Future,
  promiseOf,
  rejectedFuture,
  settle,
  settledWith,
  start,
  whenSettled,
} from './future.ts'
import { checkGeneratorFunction, generatorMethods } from './generator-function.ts'
import { checkMode, checkModeDefaults, decideMode, type ModeDefaults, type ModeOption } from './mode.ts'
import { callsAreTraced } from './node-diagnostics.ts'
import { checkReadAhead } from './read-ahead.ts'
import { RemoteStream } from './stream.ts'
import { checkTransfer, type TransferList } from './transfer.ts'
import type { AnyFunction, AsyncForm, AutoForm, CallForm, FormTypes, SubmitForm, SyncForm } from './types.ts'

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
  /** How `.auto` makes the call. `'auto'`, the default, leaves that to its scope, the detector, and the loop. */
  readonly mode?: ModeOption | undefined
  /**
   * How many items a generator on the loop may yield before they are asked for: a whole number, 256 by default. Text and
   * bytes count once more for each 1,024 characters or bytes. What it has run ahead to is dropped when it is closed or
   * thrown into. `0`: it does one step for each `next()`, which may carry a value then, as with a local generator.
   */
  readonly readAhead?: number | undefined
  /**
   * What moves to the loop with the arguments in place of being copied: `ArrayBuffer`s, and what else the adapter's
   * platform can transfer. The caller's own is empty or closed then, whatever comes of the call; so each call needs a
   * list of its own.
   */
  readonly transfer?: TransferList | undefined
  /**
   * What the call is known by, where the adapter declares `durable`; one of its own by default, which `Future.id` tells. The
   * same id does not run again while its call, or the result of it, is known, and has the same outcome.
   */
  readonly id?: string | undefined
}

/**
 * One function in the forms for every kind of caller, with a mode that was chosen for `.auto`. Called without a form, it
 * gives a {@link DualCall}, which has not begun.
 */
export type DualForms<T extends FormTypes, M extends ModeOption = 'auto'> = T['call'] & Forms<T, M>

interface Forms<T extends FormTypes, M extends ModeOption> {
  /** Blocks this thread until there is a result, and returns it or throws. */
  readonly sync: T['sync']
  /** Returns a promise; whatever goes wrong rejects it. */
  readonly async: T['async']
  /** Starts the call and returns its {@link Future}; whatever goes wrong rejects it. */
  readonly submit: T['submit']
  /**
   * Does as `.sync` or as `.async`. The first that says something decides: the call's option `mode`, `runWithMode`, the
   * detector, and the option `mode` of the loop.
   *
   * @throws {NotSupportedError} where nothing decides, and where the detector cannot work on this runtime
   */
  readonly auto: [M] extends ['sync'] ? T['sync'] : [M] extends ['async'] ? T['async'] : T['auto']
  /**
   * The same function with these options, on top of those that it has.
   *
   * @throws {TypeError | RangeError} for an option that is unknown or cannot be right, before anything is sent
   * @throws {NotSupportedError} for `readAhead`, `transfer` and `id` where the function is not on a loop, and for
   *   `transfer` and `id` where the adapter does not declare what they need
   */
  with<O extends CallOptions>(options: O): DualForms<T, ModeIn<O, M>>
}

/** The mode that options choose: known where it is given literally, and the one before where it is not given. */
export type ModeIn<O extends Pick<CallOptions, 'mode'>, M extends ModeOption> = O extends {
  readonly mode: infer N extends ModeOption
}
  ? N
  : 'mode' extends keyof O
    ? 'auto'
    : M

/** A function `F`, async or not, to be called synchronously or asynchronously. */
export type Dual<F extends AnyFunction> = DualForms<{
  sync: SyncForm<F>
  async: AsyncForm<F>
  submit: SubmitForm<F>
  call: CallForm<F>
  auto: AutoForm<F>
}>

/** What else {@link dual} is told. */
export interface DualOptions extends ModeDefaults {
  /** What the function is called in messages. By default the name of the generator function, or of a half of the pair. */
  readonly name?: string | undefined
}

/** Two implementations of one function, for {@link dual}. */
export interface NativePair<S extends AnyFunction, A extends (...args: never[]) => PromiseLike<unknown>> {
  readonly sync: S
  readonly async: A
}

/** What {@link dual} makes of a generator function with these arguments and this result. */
export type GeneratorDual<A extends unknown[], R> = DualForms<{
  sync: (...args: A) => Awaited<R>
  async: (...args: A) => Promise<Awaited<R>>
  submit: (...args: A) => Future<Awaited<R>>
  call: (...args: A) => DualCall<Awaited<R>>
  auto: (...args: A) => Awaited<R> | Promise<Awaited<R>>
}>

/** What {@link dual} makes of a native pair. */
export type NativeDual<S extends AnyFunction, A extends (...args: never[]) => PromiseLike<unknown>> = DualForms<{
  sync: S
  async: A
  submit: SubmitForm<A>
  call: CallForm<A>
  auto: (...args: Parameters<S>) => ReturnType<S> | ReturnType<A>
}>

/**
 * Makes a dual function of a generator function, which calls dual functions by `yield*`.
 *
 * In `.sync` each of them blocks (a native pair by its own sync half), in `.async` and `.submit` each is awaited; no
 * thread is involved but those of the loops called. What a call throws is thrown at its `yield*`. A promise that it
 * yields is awaited, or, in `.sync`, has it left by its `finally` blocks and fails with an `AsyncInSyncError`. It may
 * return a call instead of its result.
 *
 * Nested calls take no place on the stack, unless they have options of their own. `.with({ timeout })` and
 * `.with({ signal })` limit the whole: it is left by its `finally` blocks, not by `catch`, and the call under way is
 * cancelled, except for a native `.sync`, which cannot be stopped: the limit is looked at when that is done. A task is
 * told of the time that is left. Cancelling a future does the same. A future can be waited for by blocking while what
 * it waits for can be, which a native pair's cannot: that is a `DeadlockError`.
 * @throws {TypeError} for any other kind of function
 * @example dual(function* (path: string) { const text = yield* readText(path); return text.length })
 */
export function dual<A extends unknown[], R>(
  generator: (...args: A) => Generator<PromiseLike<unknown>, R, unknown>,
  options?: DualOptions,
): GeneratorDual<A, R>
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
  options?: DualOptions,
): NativeDual<S, A>
export function dual(
  definition: GeneratorFunctionOf | NativePair<Callable, AsyncCallable>,
  options: DualOptions = {},
): AnyDual {
  checkOptionNames(options, ['mode', 'detector', 'name'], 'dual')
  const modes = checkModeDefaults(options)
  const { name } = options
  if (name !== undefined && typeof name !== 'string') {
    throw new TypeError(`name must be a string, not ${describeType(name)}`)
  }
  const { sync, async } = Object(definition) as NativePair<Callable, AsyncCallable>
  if (typeof definition !== 'function' && typeof sync === 'function' && typeof async === 'function') {
    return createDual({ ...nativeMethods(sync, async, name), modes })
  }
  checkGeneratorFunction(definition)
  return createDual({ ...generatorMethods(definition as GeneratorFunctionOf, name), modes })
}

function nativeMethods(sync: Callable, async: Callable, name: string | undefined): CallMethods {
  // Functions that were written within the pair are called by the names of its halves.
  const isOwnName = (own: string): boolean => own !== '' && own !== 'sync' && own !== 'async'
  const label = name ?? [async.name, sync.name].find(isOwnName) ?? 'the function'
  const runSync: CallMethods['sync'] = (args, { timeout, signal }) => {
    if (signal?.aborted) throw abortedBefore(label, signal)
    if (timeout === undefined) return sync(...args)
    const why = 'a synchronous function that is running cannot be stopped; leave the option out, or use .async'
    throw new NotSupportedError(`${label} has a native .sync, so the option "timeout" is not supported: ${why}`)
  }
  return {
    label,
    sync: runSync,
    start(args, options, _site, mode) {
      if (mode === 'async') return startOnThisThread(label, async, args)
      try {
        return settledWith(label, { state: 'fulfilled', value: runSync(args, options) })
      } catch (error) {
        return rejectedFuture(label, error)
      }
    },
  }
}

type Callable = (...args: readonly unknown[]) => unknown
type AsyncCallable = (...args: readonly unknown[]) => PromiseLike<unknown>

type AnyDual = DualForms<Record<keyof FormTypes, Callable>>

/** How a dual function makes its calls. All are given what the user passed; `start` never throws. */
export interface CallMethods {
  /** What the function is called, for messages. */
  readonly label: string
  /** @param remaining the time that the caller itself has left, in milliseconds; undefined for no limit */
  start(
    args: readonly unknown[],
    options: CallOptions,
    site: CallSite,
    mode: RunMode,
    remaining: number | undefined,
  ): Future<unknown>
  /** Throws for options that the loop's adapter does not have. */
  checkOptions?(options: CallOptions): void
  /** Where the calls go, for those who trace them. */
  readonly loop?: CallTarget
  /** Where blocking for what `start` returns is not the way. */
  sync?(args: readonly unknown[], options: CallOptions): unknown
  /** Where the function is a generator function. */
  readonly generator?: GeneratorFunctionOf
  /** For `.auto`. */
  readonly modes?: ModeDefaults
}

export function createDual(methods: CallMethods, options: CallOptions = {}): AnyDual {
  const isLimited = options.timeout !== undefined || options.signal !== undefined
  const begin: Callee['begin'] = (args, site, mode, remaining) => {
    const { timeout, signal } = options
    if (signal?.aborted) return rejectedFuture(methods.label, placeAt(abortedBefore(methods.label, signal), site))
    const future = methods.start(args, options, site, mode, remaining)
    if (timeout !== undefined) expireAfter(future, timeout)
    if (signal !== undefined) cancelBy(future, signal)
    return future
  }
  const { label, loop } = methods
  const traced = (run: () => unknown): unknown => (callsAreTraced() ? traceBlocking(label, loop, run) : run())
  // Limits need a future; a native function cannot be stopped anyway, and says so.
  const run = isLimited && methods.generator !== undefined ? undefined : methods.sync
  const runHere = run && ((args: readonly unknown[]): unknown => traced(() => run(args, options)))
  const submitFrom = (form: Callable, args: readonly unknown[], mode: CallMode): Future<unknown> => {
    const trace = takeTrace(form)
    const submit = (): Future<unknown> => {
      const future = begin(args, () => trace, 'async', undefined)
      start(future)
      return future
    }
    return callsAreTraced() ? traceBeginning(label, loop, mode, submit) : submit()
  }
  const callee: Callee = {
    label,
    runHere,
    begin: (args, site, mode, remaining) =>
      callsAreTraced()
        ? traceBeginning(label, loop, mode, () => begin(args, site, mode, remaining))
        : begin(args, site, mode, remaining),
    generator: isLimited ? undefined : methods.generator,
    elsewhere: methods.sync === undefined,
  }
  const runFrom = (form: Callable, args: readonly unknown[]): unknown => {
    const value =
      runHere === undefined
        ? traced(() => blockFor(begin(args, () => takeTrace(form), 'sync', undefined)))
        : runHere(args)
    return callee.elsewhere && value instanceof RemoteStream ? value[Symbol.iterator]() : value
  }
  const { modes = {} } = methods
  const blocked = modes.detector?.blocked?.bind(modes.detector)
  const sync: Callable =
    blocked === undefined
      ? (...args) => runFrom(sync, args)
      : (...args) => {
          const began = now()
          try {
            return runFrom(sync, args)
          } finally {
            blocked(sync, { task: label, duration: now() - began })
          }
        }
  const async: Callable = (...args) => promiseOf(submitFrom(async, args, 'async'))
  const submit: Callable = (...args) => submitFrom(submit, args, 'submit')
  const auto: Callable = (...args) =>
    decideMode(auto, options.mode, modes, label) === 'sync'
      ? runFrom(auto, args)
      : promiseOf(submitFrom(auto, args, 'async'))
  const call: Callable = (...args) => new DualCall<unknown>(callee, args)
  return Object.assign(call, {
    sync,
    async,
    submit,
    auto,
    with(more: CallOptions) {
      const checked = checkCallOptions(more)
      methods.checkOptions?.(checked)
      if (!callee.elsewhere) refuseLoopOptions(methods.label, checked)
      return createDual(methods, { ...options, ...checked })
    },
  })
}

/** Options of calls that go to a loop. */
function refuseLoopOptions(label: string, { readAhead, transfer, id }: CallOptions): void {
  const refuse = (option: string, why: string): never => {
    throw new NotSupportedError(`${label} runs here, so the option "${option}" is not supported: ${why}`)
  }
  if (readAhead !== undefined) refuse('readAhead', 'it is of generators on a loop; give it to the calls of those')
  if (transfer !== undefined) refuse('transfer', 'nothing is sent; give it to the calls of functions on a loop')
  if (id !== undefined) refuse('id', 'nobody else knows of it; give it to the calls of functions on a loop')
}

function checkCallOptions(options: CallOptions): CallOptions {
  checkOptionNames(options, ['timeout', 'signal', 'mode', 'readAhead', 'transfer', 'id'], 'a call')
  checkMode(options.mode)
  checkSignal(options.signal)
  checkReadAhead(options.readAhead)
  checkId(options.id)
  const checked: { -readonly [K in keyof CallOptions]: CallOptions[K] } = { ...options }
  if ('timeout' in options) {
    const timeout = checkTimeout(options.timeout, 'timeout')
    checked.timeout = timeout === Number.POSITIVE_INFINITY ? undefined : timeout
  }
  if (options.transfer !== undefined) checked.transfer = checkTransfer(options.transfer)
  return checked
}

/** Longest id, in characters. */
const longestId = 256

function checkId(id: string | undefined): void {
  if (id === undefined) return
  if (typeof id !== 'string') throw new TypeError(`id must be a string, not ${describeType(id)}`)
  if (id === '' || id.length > longestId || !id.isWellFormed()) {
    throw new RangeError(
      `id must have 1 to ${longestId} characters, and no half of a surrogate pair; it has ${id.length}`,
    )
  }
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
  const future = new Future<unknown>({ label })
  const fail = (reason: unknown): void => settle(future, { state: 'rejected', reason })
  try {
    Promise.resolve(run(...args)).then((value) => settle(future, { state: 'fulfilled', value }), fail)
  } catch (error) {
    fail(error)
  }
  return future
}
