import { CallPromise } from './call-promise.ts'
import { type CallSite, placeAt } from './call-site.ts'
import { checkOptionNames, checkSignal } from './check-options.ts'
import { checkTimeout, deadlineIn } from './deadline.ts'
import { afterDispatch, dispatch } from './dispatch.ts'
import { Delegation } from './driver.ts'
import { AbortError, DeadlockError, TimeoutError } from './errors.ts'
import { thread, type Wait } from './thread.ts'
import { startTimer, type Timer } from './timer.ts'
import { areEnough, block, clock, noSources, type Source, type Waitable, type WaitEnd } from './waiter.ts'

export type FutureState = 'pending' | 'fulfilled' | 'rejected' | 'cancelled'

export interface WaitOptions {
  /** Longest time to block, in milliseconds. `0` only looks; left out or `Infinity`, there is no limit. */
  readonly timeout?: number | undefined
  /** Looked at before blocking and whenever the thread wakes. A blocked thread cannot abort it itself. */
  readonly signal?: AbortSignal | undefined
}

/** Where a future's outcome comes from. */
export interface FutureSource {
  /** What the call is called, for messages. */
  readonly label: string
  /** What the call is known by on the other side. */
  readonly id?: string | undefined
  /** The futures that have to be settled before this one can be; what is asked of this one is asked of those, too. */
  waitsOn?(): Iterable<Future<unknown>>
  /** The sources that could settle the future itself while this thread is blocked. */
  awaits?(): readonly Source[]
  /** Somebody took a promise or a done callback: keep the process alive until the future is settled. */
  hold?(): void
  /** The future was cancelled or has expired: its outcome is no longer wanted. */
  abandon?(reason: unknown): void
  /** Where the call was made, for errors that arise elsewhere. */
  readonly site?: CallSite
  /** Why `awaits` has nothing, where there is more to say than that this thread would have to do it. */
  whyStuck?(): string | undefined
  /** A blocking wait for the future begins, or nothing is in the way of it any more: does what was put off until then. */
  resume?(): void
  /** Where the future was cancelled or has expired, and its call is still cleaning up: settled when that is done. */
  left?(): Future<unknown> | undefined
}

export type Outcome =
  | {
      readonly state: 'fulfilled'
      readonly value: unknown
      /** The value is a stream from a loop. */
      readonly isStream?: true
    }
  | { readonly state: 'rejected' | 'cancelled'; readonly reason: unknown }

/** Who is told at once when a future is settled; where that is a gather, the future that it holds this one for. */
interface Observer {
  readonly holder: Future<unknown> | undefined
  notify(): void
}

// What only the library's own files may do to a future; the class fills them in, below.

/** Settles a future; the second time does nothing. */
export let settle: (future: Future<unknown>, outcome: Outcome) => void
/** The future's one native promise. */
export let promiseOf: <T>(future: Future<T>) => Promise<T>
export let outcomeOf: (future: Future<unknown>) => Outcome | undefined
/** The sources that could settle the future, or what it waits on, while this thread is blocked. */
export let awaits: (future: Future<unknown>) => readonly Source[]
/** See {@link FutureSource.whyStuck}: of the future, or what it waits on. */
export let whyStuck: (future: Future<unknown>) => string | undefined
/** Holds the future and what it waits on. See {@link FutureSource.hold}. */
export let hold: (future: Future<unknown>) => void
/** It is held: so what it comes to wait on has to be. */
export let isHeld: (future: Future<unknown>) => boolean
/** Has `notify` run as soon as `future` is settled, on behalf of `holder`, which waits for it. Returns the opposite. */
export let observe: (future: Future<unknown>, holder: Future<unknown>, notify: () => void) => () => void
/** Has `notify` run as soon as `future`, which is pending, is settled. */
export let whenSettled: (future: Future<unknown>, notify: () => void) => void
/** See {@link FutureSource.resume}. For a future that was just made. */
export let start: (future: Future<unknown>) => void
/** See {@link FutureSource.resume}: of the future, and all that it waits on. */
export let resume: (future: Future<unknown>) => void
/** See {@link FutureSource.left}. */
export let leftOf: (future: Future<unknown>) => Future<unknown> | undefined
/** Whether `on` has to be settled before `future` can be: then `on` must not wait for it. True of one and the same. */
export let dependsOn: (future: Future<unknown>, on: Future<unknown>) => boolean
/** What the future's call is called, for messages. */
export let labelOf: (future: Future<unknown>) => string
/** Rejects the future with a `TimeoutError`, and abandons its call, `timeout` milliseconds from now. */
export let expireAfter: (future: Future<unknown>, timeout: number) => void

/** Rejects the future, and abandons its call, unless it is settled. */
let giveUp: (future: Future<unknown>, error: unknown) => void
/** The future and all that wait on it, on behalf of whom it is observed; each once. */
let holdersOf: (future: Future<unknown>) => ReadonlySet<object>

/**
 * The outcome of a call that is already under way, to be had by blocking or by awaiting.
 *
 * It keeps the process alive once its promise or a done callback was taken, until it is settled.
 */
export class Future<T> implements PromiseLike<T> {
  readonly #source: FutureSource
  #outcome: Outcome | undefined
  #observers: Set<Observer> | undefined
  #callbacks: (() => void)[] | undefined
  #promise: Promise<T> | undefined
  #settlePromise: ((outcome: Outcome) => void) | undefined
  #held = false
  #expiry: Timer | undefined

  constructor(source: FutureSource) {
    this.#source = source
  }

  /** What the call is known by, where the adapter declares `durable`; undefined elsewhere, and until a pool has begun it. */
  get id(): string | undefined {
    return this.#source.id
  }

  get state(): FutureState {
    return this.#outcome?.state ?? 'pending'
  }

  /** True once there is an outcome, cancellation included. */
  done(): boolean {
    return this.#outcome !== undefined
  }

  cancelled(): boolean {
    return this.#outcome?.state === 'cancelled'
  }

  /**
   * Blocks this thread until there is an outcome, and returns the value or throws what the call threw.
   *
   * Meanwhile nothing of this thread's event loop runs, but where the adapter turns it. When the time is up the call goes on, and it may be asked
   * again. At the end of the wait the done callbacks of this future run, before this returns.
   * @param options the longest time to block, in milliseconds, or an object
   * @throws {TimeoutError} `ERR_AMBISYNC_TIMEOUT` when the time is up
   * @throws {AbortError} `ERR_AMBISYNC_ABORTED` if the future was cancelled, or the wait's `signal` is aborted
   * @throws {DeadlockError} `ERR_AMBISYNC_DEADLOCK` if nothing could settle the future while this thread is blocked
   */
  result(options?: number | WaitOptions): T {
    const outcome = this.#wait(options)
    if (outcome.state === 'fulfilled') return outcome.value as T
    throw outcome.reason
  }

  /** Like {@link result}, but what the call threw is returned. A wait that fails still throws. */
  outcome(options?: number | WaitOptions): PromiseSettledResult<T> {
    const outcome = this.#wait(options)
    if (outcome.state === 'fulfilled') return { status: 'fulfilled', value: outcome.value as T }
    return { status: 'rejected', reason: outcome.reason }
  }

  /**
   * Runs `callback` with this future when it is settled, in the order in which callbacks were added.
   *
   * At once if it is settled already; else on the event loop of this thread, or at the end of a blocking wait for
   * this future or for a `gather` that holds it, never inside another wait. What a callback throws is written to
   * the console and disturbs nobody.
   */
  addDoneCallback(callback: (future: Future<T>) => void): void {
    if (typeof callback !== 'function') {
      throw new TypeError(`addDoneCallback takes a function, not ${callback === null ? 'null' : typeof callback}`)
    }
    // Settled inside another wait, the callbacks before this one are still to run.
    if (this.#outcome !== undefined && this.#callbacks === undefined) {
      this.#run(() => callback(this))
      return
    }
    this.#callbacks ??= []
    this.#callbacks.push(() => callback(this))
    this.#hold()
  }

  /**
   * Settles the future as cancelled. A reply that comes later is dropped.
   *
   * @param reason becomes the `cause` of the `AbortError` that `result` throws
   * @returns false if it was settled already; then nothing changes
   */
  cancel(reason?: unknown): boolean {
    if (this.#outcome !== undefined) return false
    const options = reason === undefined ? {} : { cause: reason }
    this.#abandon('cancelled', new AbortError(`${this.#source.label} was cancelled`, options))
    return true
  }

  /** Makes the future awaitable. Awaiting keeps the process alive until it is settled. */
  // biome-ignore lint/suspicious/noThenProperty: a future is a thenable on purpose
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return promiseOf(this).then(onFulfilled, onRejected)
  }

  /** For `yield*` inside a `dual(function* …)`, which gives the value or throws. */
  [Symbol.iterator](): Iterator<Future<T>, T, unknown> {
    return new Delegation<Future<T>, T>(this)
  }

  get [Symbol.toStringTag](): string {
    return 'Future'
  }

  #wait(options: number | WaitOptions | undefined): Outcome {
    const { timeout, signal } = typeof options === 'object' ? checkWaitOptions(options) : { timeout: options }
    const limit = checkTimeout(timeout, 'timeout')
    if (signal?.aborted) throw waitAborted(signal)
    if (this.#outcome === undefined) this.#block(limit, signal)
    // Settled inside a wait for something else, its callbacks were put off to the event loop; this is their wait, too.
    else this.#runCallbacks()
    if (this.#outcome !== undefined) return this.#outcome
    if (signal?.aborted) throw waitAborted(signal)
    throw new TimeoutError(`${this.#source.label} had no result within ${limit} ms; the call goes on`)
  }

  #block(limit: number, signal: AbortSignal | undefined): void {
    const wait: Wait = { future: this, settled: [] }
    const waitable: Waitable = {
      label: this.#source.label,
      isSettled: () => this.#outcome !== undefined || signal?.aborted === true,
      awaits: () => awaits(this),
    }
    thread.waits.push(wait)
    let end: WaitEnd
    try {
      resume(this)
      end = block(waitable, deadlineIn(limit))
    } finally {
      thread.waits.pop()
      for (const future of wait.settled) future.#runCallbacks()
    }
    if (end === 'stuck') {
      const itself = `${this.#source.label} is waited for by the very thread that has to settle it`
      const why = whyStuck(this) ?? itself
      throw new DeadlockError(`${why}; this would last for ever: await it instead of blocking`)
    }
    if (typeof end === 'object') {
      throw new DeadlockError(`${this.#source.label} cannot be waited for by blocking here: ${end.obstacle}`)
    }
  }

  #hold(): void {
    if (this.#held) return
    this.#held = true
    if (this.#outcome === undefined) this.#source.hold?.()
    this.#expiry?.ref()
    // Cancelled before it was held, a call may still be cleaning up.
    for (const future of this.#source.waitsOn?.() ?? []) future.#hold()
  }

  /** Itself and all that it waits on, each once, as that is when it is come to. */
  *#all(): Generator<Future<unknown>, void> {
    const seen = new Set<Future<unknown>>()
    const path: Iterator<Future<unknown>>[] = [[this as Future<unknown>].values()]
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const { done, value: future } = at.next()
      if (done) path.pop()
      else if (!seen.has(future)) {
        seen.add(future)
        yield future
        const next = future.#source.waitsOn?.()
        if (next !== undefined) path.push(next[Symbol.iterator]())
      }
    }
  }

  #abandon(state: 'cancelled' | 'rejected', error: unknown): void {
    // Done callbacks may block, on that very loop: it has to have been told before they do.
    dispatch(() => {
      this.#settle({ state, reason: error })
      this.#source.abandon?.(error)
    })
  }

  #settle(outcome: Outcome): void {
    if (this.#outcome !== undefined) return
    this.#outcome = outcome
    this.#expiry?.cancel()
    this.#expiry = undefined
    // Now: a gather that is settled by this very outcome, or another one of the same look, lets go of its parts.
    const wait = this.#callbacks && waitFor(this)
    const told = this.#observers && [...this.#observers]
    for (const observer of told ?? []) observer.notify()
    this.#settlePromise?.(outcome)
    // A callback that comes from now on runs at once.
    if (this.#callbacks !== undefined || told !== undefined) afterDispatch(() => this.#announce(wait, told))
  }

  /** Finds the time for the done callbacks: now, at the end of a blocking wait, or on the event loop. */
  #announce(wait: Wait | undefined, told: readonly Observer[] | undefined): void {
    if (this.#callbacks !== undefined) {
      if (wait !== undefined) wait.settled.push(this)
      else if (thread.waits.length === 0) this.#runCallbacks()
      else queueMicrotask(() => this.#runCallbacks())
    }
    // Those who wait for what the call does after its cancellation have come since, and stay.
    for (const observer of told ?? []) this.#observers?.delete(observer)
  }

  #runCallbacks(): void {
    const callbacks = this.#callbacks ?? []
    this.#callbacks = undefined
    for (const callback of callbacks) this.#run(callback)
  }

  #run(callback: () => void): void {
    try {
      callback()
    } catch (error) {
      console.error(`ambisync: a done callback of ${this.#source.label} threw`, error)
    }
  }

  #takePromise(): Promise<T> {
    if (this.#promise !== undefined) return this.#promise
    let settlers: { resolve(value: T): void; reject(reason: unknown): void } | undefined
    const promise = new CallPromise<T>((resolve, reject) => {
      settlers = { resolve, reject }
    })
    this.#promise = promise
    this.#settlePromise = (outcome) => {
      if (outcome.state === 'fulfilled') settlers?.resolve(outcome.value as T)
      else settlers?.reject(outcome.reason)
      CallPromise.settled(promise, outcome)
    }
    if (this.#outcome !== undefined) this.#settlePromise(this.#outcome)
    this.#hold()
    return promise
  }

  static {
    settle = (future, outcome) => future.#settle(outcome)
    promiseOf = (future) => future.#takePromise()
    outcomeOf = (future) => future.#outcome
    // Most wait on no other.
    const all = (future: Future<unknown>): Iterable<Future<unknown>> =>
      future.#source.waitsOn === undefined ? [future] : future.#all()
    awaits = (future) => {
      const source = future.#source
      if (source.waitsOn === undefined) {
        const own = source.awaits?.() ?? noSources
        return own.length === 0 && future.#expiry !== undefined ? onlyClock : own
      }
      let hasExpiry = false
      const found: Source[] = []
      for (const each of all(future)) {
        for (const source of each.#source.awaits?.() ?? noSources) if (!found.includes(source)) found.push(source)
        if (areEnough(found)) return found
        hasExpiry ||= each.#expiry !== undefined
      }
      return found.length === 0 && hasExpiry ? onlyClock : found
    }
    whyStuck = (future) => {
      let why: string | undefined
      // The innermost knows best.
      for (const each of all(future)) why = each.#source.whyStuck?.() ?? why
      return why
    }
    hold = (future) => future.#hold()
    isHeld = (future) => future.#held
    observe = (future, holder, notify) => {
      const observer: Observer = { holder, notify }
      future.#observers ??= new Set()
      future.#observers.add(observer)
      return () => future.#observers?.delete(observer)
    }
    whenSettled = (future, notify) => {
      future.#observers ??= new Set()
      future.#observers.add({ holder: undefined, notify })
    }
    holdersOf = (future) => {
      const holders = new Set([future])
      // The set grows while it is gone through.
      for (const each of holders)
        for (const { holder } of each.#observers ?? []) if (holder !== undefined) holders.add(holder)
      return holders
    }
    start = (future) => future.#source.resume?.()
    resume = (future) => {
      for (const each of all(future)) each.#source.resume?.()
    }
    leftOf = (future) => future.#source.left?.()
    dependsOn = (future, on) => {
      const seen = new Set([future])
      // The set grows while it is gone through.
      for (const each of seen) {
        if (each === on) return true
        for (const next of each.#source.waitsOn?.() ?? []) seen.add(next)
      }
      return false
    }
    giveUp = (future, error) => {
      if (future.#outcome === undefined) future.#abandon('rejected', error)
    }
    labelOf = (future) => future.#source.label
    expireAfter = (future, timeout) => {
      if (future.#outcome !== undefined) return
      future.#expiry = startTimer(timeout, () => {
        const message = `${future.#source.label} did not finish within ${timeout} ms and was cancelled`
        const error = new TimeoutError(message)
        future.#abandon('rejected', future.#source.site === undefined ? error : placeAt(error, future.#source.site))
      })
      if (future.#held) future.#expiry.ref()
    }
  }
}

/**
 * Runs code of the user's that helps `future` along: now, if the event loop is turning or a blocking wait is for
 * this future; else, inside a wait for something else, once that is over.
 */
export function runFor(future: Future<unknown>, task: () => void): void {
  afterDispatch(() => {
    if (thread.waits.length === 0 || waitFor(future) !== undefined) task()
    else queueMicrotask(task)
  })
}

/** Begins what `future` is of, and blocks for it. After a deadlock it must not run later on. */
export function blockFor(future: Future<unknown>): unknown {
  start(future)
  try {
    return future.result()
  } catch (error) {
    giveUp(future, error)
    finish(future)
    throw error
  }
}

/** Blocks until a cancelled call has cleaned up, as far as blocking gets it there. */
function finish(future: Future<unknown>): void {
  try {
    leftOf(future)?.result()
  } catch (error) {
    // What waits for something that needs the event loop goes on there.
    if (!(error instanceof DeadlockError)) throw error
  }
}

/** Runs `task`, code of the user's, if a blocking wait is for `future`; else somebody else sees to it. */
export function runInWaitFor(future: Future<unknown>, task: () => void): void {
  afterDispatch(() => {
    if (waitFor(future) !== undefined) task()
  })
}

/** The innermost blocking wait that waits for this future, by itself or as part of a gather. */
function waitFor(future: Future<unknown>): Wait | undefined {
  if (thread.waits.length === 0) return undefined
  const holders = holdersOf(future)
  return thread.waits.findLast((wait) => holders.has(wait.future))
}

function checkWaitOptions(options: WaitOptions): WaitOptions {
  checkOptionNames(options, ['timeout', 'signal'], 'a wait')
  checkSignal(options.signal)
  return options
}

function waitAborted(signal: AbortSignal): AbortError {
  return new AbortError('the wait was aborted by its signal; the call goes on', { cause: signal.reason })
}

/** A future that was settled before it was made. */
export function settledWith(label: string, outcome: Outcome): Future<unknown> {
  const future = new Future<unknown>({ label })
  settle(future, outcome)
  return future
}

export function rejectedFuture(label: string, reason: unknown): Future<unknown> {
  return settledWith(label, { state: 'rejected', reason })
}

export function settledFuture(): Future<void> {
  const future = new Future<void>(nowhere)
  settle(future, { state: 'fulfilled', value: undefined })
  return future
}

const nowhere: FutureSource = { label: 'the call' }

const onlyClock: readonly Source[] = [clock]
