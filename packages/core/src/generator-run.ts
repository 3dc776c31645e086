import { type CallSite, takeTrace } from './call-site.ts'
import { now } from './deadline.ts'
import { describeType } from './describe-type.ts'
import { afterDispatch, dispatch } from './dispatch.ts'
import { type Driver, delegated, exchangeDriver } from './driver.ts'
import {
  beginCall,
  type Callee,
  concludeCall,
  DualCall,
  enterCall,
  type FrameOwner,
  frameOf,
  type GeneratorFunctionOf,
  isNew,
  type RunMode,
  runCall,
} from './dual-call.ts'
import { AbortError, AsyncInSyncError, DeadlockError } from './errors.ts'
import {
  dependsOn,
  Future,
  type FutureSource,
  hold,
  isHeld,
  labelOf,
  leftOf,
  observe,
  outcomeOf,
  resume,
  runInWaitFor,
  settle,
  start,
} from './future.ts'
import { isPromiseLike } from './is-promise-like.ts'
import { thread } from './thread.ts'
import { runDueTimers } from './timer.ts'

/** How a generator goes on: with a result, with an error, or by leaving it, which runs its `finally` blocks. */
type Resumption = 'next' | 'throw' | 'return'

/** One generator that is under way: its caller is the one below. */
class Frame {
  readonly label: string
  readonly generator: Generator<unknown, unknown, unknown>
  readonly call: DualCall<unknown> | undefined
  readonly below: Frame | undefined
  /** It is being left. */
  closed = false
  /** What it fails with when it has been left. */
  failure: { readonly error: unknown } | undefined = undefined
  /** It has returned a call, whose result is its own. */
  returned = false

  constructor(
    label: string,
    generator: Generator<unknown, unknown, unknown>,
    call: DualCall<unknown> | undefined,
    below: Frame | undefined,
  ) {
    this.label = label
    this.generator = generator
    this.call = call
    this.below = below
  }
}

export interface GeneratorRunOptions {
  readonly label: string
  readonly generator: GeneratorFunctionOf
  readonly args: readonly unknown[]
  readonly mode: RunMode
  /** In milliseconds; undefined for no limit. */
  readonly timeout?: number | undefined
  readonly site?: CallSite | undefined
}

/**
 * Runs a generator function and those that it calls, on a stack of its own: nested calls take no place on the
 * thread's.
 *
 * A run that blocks has no future, and blocks for each call where it is made. Any other is left when it has to wait,
 * and goes on when what it waits for is settled: in a microtask of the context that it waits in, or inside a blocking
 * wait for it.
 */
class GeneratorRun implements Driver, FrameOwner, FutureSource {
  readonly label: string
  readonly site: CallSite
  readonly future: Future<unknown> | undefined
  readonly #options: GeneratorRunOptions
  readonly #deadline: number
  #top: Frame | undefined
  #started = false
  #running = false
  /** It waits for nothing, and goes on by `#how` with `#value`; which are the outcome where there is no frame left. */
  #ready = true
  #how: Resumption = 'next'
  #value: unknown = undefined
  #leaf: Future<unknown> | undefined = undefined
  #ownsLeaf = false
  /** A call of the frame that is running, during its first step. */
  #beginning: Future<unknown> | undefined = undefined
  #unobserve: (() => void) | undefined = undefined
  /** Settled when the call that was cancelled with this run has cleaned up; its caller does so after that. */
  #leaving: Future<unknown> | undefined = undefined
  /** The innermost frame of those to be left, which were there at the cancellation. What they call then comes above. */
  #doomed: Frame | undefined = undefined
  /** Why it was cancelled. */
  #cancellation: { readonly reason: unknown } | undefined = undefined
  /** Settled when the last frame has been left. */
  #left: Future<unknown> | undefined = undefined

  constructor(options: GeneratorRunOptions, blocking: boolean) {
    const { label, timeout, site = nowhere } = options
    this.label = label
    this.site = site
    this.#options = options
    this.#deadline = timeout === undefined ? Number.POSITIVE_INFINITY : now() + timeout
    this.future = blocking ? undefined : new Future<unknown>(this)
  }

  /** Blocks to the end. */
  run(): unknown {
    this.#advance()
    if (this.#how === 'throw') throw this.#value
    return this.#value
  }

  resume(): void {
    if (this.#ready) this.#advance()
  }

  waitsOn(): readonly Future<unknown>[] {
    return this.#leaf === undefined ? [] : [this.#leaf]
  }

  whyStuck(): string | undefined {
    if (this.#leaf === undefined) return undefined
    return `${this.label} waits for ${labelOf(this.#leaf)}, which the very thread has to settle that is blocked`
  }

  /** Leaves all frames; the call under way is cancelled, unless it is one that a `finally` block is making. */
  abandon(reason: unknown): void {
    this.#cancellation = { reason }
    const isCleaningUp = this.#top?.closed === true
    this.#doomed = this.#top
    if (!this.#started) {
      this.#ready = false
      this.#started = true
      return
    }
    if (isCleaningUp) return
    if (this.#beginning !== undefined) this.#drop(this.#beginning)
    const leaf = this.#leaf
    if (leaf !== undefined) {
      this.#leaveLeaf()
      if (this.#ownsLeaf) this.#drop(leaf)
      this.#ready = true
    }
    if (this.#ready) afterDispatch(() => this.#advance())
  }

  #drop(leaf: Future<unknown>): void {
    const { reason } = this.#cancellation ?? {}
    // The reason that the user gave, where one was given.
    leaf.cancel(reason instanceof AbortError && 'cause' in reason ? reason.cause : reason)
    this.#leaving = leftOf(leaf)
  }

  left(): Future<unknown> | undefined {
    const { label, future } = this
    if (this.#top === undefined || future === undefined) return undefined
    if (this.#left === undefined) {
      this.#left = new Future<unknown>({ label, waitsOn: () => [future] })
      // Who waits for this one has the run go on.
      observe(future, this.#left, () => {})
    }
    return this.#left
  }

  take(item: unknown): IteratorResult<unknown, unknown> {
    const { mode } = this.#options
    if (this.future === undefined) {
      if (item instanceof Future) return { done: true, value: item.result() }
      if (!(item instanceof DualCall) || frameOf(item) !== undefined) return { done: false, value: item }
      return { done: true, value: runCall(item, delegated) }
    }
    // A limit may have been reached while this thread was busy with something that cannot be stopped.
    if (mode === 'sync') dispatch(runDueTimers)
    if (this.#isDoomed() || !(item instanceof DualCall) || !isNew(item) || frameOf(item) !== undefined) {
      return { done: false, value: item }
    }
    const trace = takeTrace(delegated)
    const leaf = this.#begin(item, () => trace)
    if (this.#isDoomed()) return { done: false, value: item }
    const outcome = outcomeOf(leaf)
    if (outcome === undefined) return { done: false, value: leaf }
    if (outcome.state === 'fulfilled') return { done: true, value: outcome.value }
    throw outcome.reason
  }

  /** What it does first may cancel this run: then it is cancelled, too. */
  #begin(call: DualCall<unknown>, site: CallSite): Future<unknown> {
    const leaf = beginCall(call, site, this.#options.mode, this.#remaining())
    this.#beginning = leaf
    start(leaf)
    this.#beginning = undefined
    if (this.#isDoomed()) this.#drop(leaf)
    return leaf
  }

  #isDoomed(): boolean {
    return this.#top !== undefined && this.#top === this.#doomed && !this.#top.closed
  }

  #remaining(): number | undefined {
    // What cleans up has all the time that it needs.
    if (this.#deadline === Number.POSITIVE_INFINITY || this.#cancellation !== undefined) return undefined
    return Math.max(0, this.#deadline - now())
  }

  /** Goes on until it has to wait, or nothing is left to do. */
  #advance(): void {
    // What runs in there may lead here again: the innermost would resume a generator that is running.
    if (this.#running || !this.#ready) return
    this.#running = true
    this.#ready = false
    const before = exchangeDriver(this)
    try {
      if (!this.#started) this.#start()
      while (this.#top !== undefined) if (!this.#step(this.#top)) return
    } finally {
      exchangeDriver(before)
      this.#running = false
    }
    this.#finish()
  }

  #start(): void {
    this.#started = true
    const { label, generator, args } = this.#options
    this.#push(label, generator, args, undefined)
  }

  /** False if it has to wait. */
  #step(frame: Frame): boolean {
    if (this.#isDoomed()) {
      const leaving = this.#leaving
      this.#leaving = undefined
      if (leaving !== undefined && !this.#wait(leaving, false)) return false
      this.#close(frame)
    } else if (frame.returned) {
      this.#end(frame)
      return true
    }
    let step: IteratorResult<unknown, unknown>
    try {
      switch (this.#how) {
        case 'next':
          step = frame.generator.next(this.#value)
          break
        case 'throw':
          step = frame.generator.throw(this.#value)
          break
        case 'return':
          step = frame.generator.return(undefined)
      }
    } catch (error) {
      this.#goOn('throw', error)
      this.#end(frame)
      return true
    }
    const { value } = step
    if (!step.done || (!frame.closed && isThenable(value))) {
      frame.returned = step.done === true
      return this.#isDoomed() || this.#await(frame, value)
    }
    this.#goOn('next', value)
    this.#end(frame)
    return true
  }

  #goOn(how: Resumption, value: unknown): void {
    this.#how = how
    this.#value = value
  }

  /** `finally` blocks run, `catch` blocks do not. A generator that has returned has none left. */
  #close(frame: Frame): void {
    frame.closed = true
    this.#goOn('return', undefined)
  }

  /** Misuse: not for the generator to catch. */
  #refuse(frame: Frame, error: Error): void {
    if (frame.returned) {
      this.#goOn('throw', error)
      return
    }
    frame.failure ??= { error }
    this.#close(frame)
  }

  /** Has the frame go on with what `item` gives. False if that has to be waited for. */
  #await(frame: Frame, item: unknown): boolean {
    if (item instanceof DualCall) {
      const callee = frameOf(item)
      if (callee !== undefined) this.#pushCall(item, callee)
      else if (this.future === undefined) this.#block(() => runCall(item, delegated))
      else if (isNew(item)) return this.#waitFor(this.#begin(item, nowhere), true)
      else return this.#waitFor(beginCall(item, nowhere, this.#options.mode, undefined), false)
    } else if (item instanceof Future) {
      if (this.future !== undefined) return this.#waitFor(item, true)
      this.#block(() => item.result())
    } else if (!isThenable(item)) {
      const message = `${frame.label} yielded ${describeType(item)}; in a dual function, call dual functions by yield*`
      this.#refuse(frame, new TypeError(message))
    } else if (this.#options.mode === 'async') {
      return this.#waitFor(futureOf(item, frame.label), true)
    } else {
      // What becomes of it can no longer be told, and is nobody's failure.
      if (item instanceof Promise) item.catch(() => {})
      const verb = frame.returned ? 'returned' : 'yielded'
      const message = `${frame.label} ${verb} a promise, and runs synchronously; yield* a dual function, or call it by .async`
      this.#refuse(frame, new AsyncInSyncError(message))
    }
    return true
  }

  #block(wait: () => unknown): void {
    try {
      this.#goOn('next', wait())
    } catch (error) {
      this.#goOn('throw', error)
    }
  }

  #pushCall(call: DualCall<unknown>, { label, generator }: Callee & { generator: GeneratorFunctionOf }): void {
    this.#push(label, generator, enterCall(call, this), call)
  }

  #push(
    label: string,
    generator: GeneratorFunctionOf,
    args: readonly unknown[],
    call: DualCall<unknown> | undefined,
  ): void {
    const before = this.#cancellation
    try {
      // Its parameters' defaults are the user's code.
      this.#top = new Frame(label, generator(...args), call, this.#top)
      if (this.#cancellation !== before) this.#doomed = this.#top
      this.#goOn('next', undefined)
    } catch (error) {
      if (call !== undefined) concludeCall(call, 'rejected', error)
      this.#goOn('throw', error)
    }
  }

  /** The frame is over, by `#how` and `#value`; the one below goes on with that. */
  #end(frame: Frame): void {
    this.#top = frame.below
    if (frame.failure !== undefined && this.#how !== 'throw') this.#goOn('throw', frame.failure.error)
    if (frame === this.#doomed) {
      this.#doomed = frame.below
      const { reason } = this.#cancellation ?? {}
      if (this.#how === 'throw' && this.#value !== reason && this.#value !== frame.failure?.error) {
        console.error(`ambisync: a finally block of ${frame.label}, which was cancelled, threw`, this.#value)
      }
      this.#goOn('throw', reason)
    }
    if (frame.call !== undefined)
      concludeCall(frame.call, this.#how === 'throw' ? 'rejected' : 'fulfilled', this.#value)
  }

  #finish(): void {
    if (this.future === undefined) return
    const value = this.#value
    settle(this.future, this.#how === 'throw' ? { state: 'rejected', reason: value } : { state: 'fulfilled', value })
    if (this.#left !== undefined) settle(this.#left, { state: 'fulfilled', value: undefined })
  }

  /** False if `leaf` is not settled yet, and the run not cancelled. */
  #waitFor(leaf: Future<unknown>, isOwn: boolean): boolean {
    // What it was to do on the event loop it does now: this is a blocking wait for it, too.
    if (thread.waits.length > 0) resume(leaf)
    if (!this.#isDoomed()) return this.#wait(leaf, isOwn)
    if (isOwn) this.#drop(leaf)
    return true
  }

  /** False if `leaf` is not settled yet. */
  #wait(leaf: Future<unknown>, isOwn: boolean): boolean {
    if (leaf.done()) {
      this.#takeOutcome(leaf)
      return true
    }
    const { future } = this
    if (future === undefined) return true
    if (dependsOn(leaf, future)) {
      const message = `${this.label} waits for ${labelOf(leaf)}, which waits for ${this.label}; this would last for ever`
      this.#goOn('throw', new DeadlockError(message))
      return true
    }
    this.#leaf = leaf
    this.#ownsLeaf = isOwn
    if (isHeld(future)) hold(leaf)
    let wake: () => void = () => {}
    // A promise, because what is run by one keeps the context of asynchronous code.
    void new Promise<void>((resolve) => {
      wake = resolve
    }).then(() => this.#advance())
    this.#unobserve = observe(leaf, future, () => {
      this.#leaveLeaf()
      this.#takeOutcome(leaf)
      this.#ready = true
      wake()
      runInWaitFor(future, () => this.#advance())
    })
    return false
  }

  #leaveLeaf(): void {
    this.#leaf = undefined
    this.#unobserve?.()
    this.#unobserve = undefined
  }

  #takeOutcome(leaf: Future<unknown>): void {
    const outcome = outcomeOf(leaf)
    if (outcome?.state === 'fulfilled') this.#goOn('next', outcome.value)
    else this.#goOn('throw', outcome?.reason)
  }
}

/** Runs a generator function to its end, blocking for what it calls. */
export function runGenerator(options: GeneratorRunOptions): unknown {
  return new GeneratorRun(options, true).run()
}

/** A future of a generator function, that begins at its first `resume`. */
export function beginGenerator(options: GeneratorRunOptions): Future<unknown> {
  return new GeneratorRun(options, false).future as Future<unknown>
}

function futureOf(thenable: PromiseLike<unknown>, label: string): Future<unknown> {
  const future = new Future<unknown>({ label: `a promise of ${label}` })
  Promise.resolve(thenable).then(
    (value) => settle(future, { state: 'fulfilled', value }),
    (reason: unknown) => settle(future, { state: 'rejected', reason }),
  )
  return future
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  try {
    return isPromiseLike(value)
  } catch {
    // A getter that throws, or a revoked proxy: a value like any other here.
    return false
  }
}

const nowhere: CallSite = () => ({})
