import { type CallSite, takeTrace } from './call-site.ts'
import { Delegation } from './driver.ts'
import { blockFor, Future, observe, outcomeOf, promiseOf, settle, settledWith, start, whenSettled } from './future.ts'

/** How a call runs: `sync` by what can be waited for by blocking, `async` on the event loop. */
export type RunMode = 'sync' | 'async'

/** A function that dual calls are of. */
export interface Callee {
  /** What it is called, for messages. */
  readonly label: string
  /** Where a call that blocks runs to its end on the stack of who makes it; else it is begun, and waited for. */
  readonly runHere?: ((args: readonly unknown[]) => unknown) | undefined
  /**
   * Begins a call; never throws. It goes on at the first `resume` of the future. In `sync` mode nothing that it does
   * may need the event loop.
   *
   * @param remaining the time that whoever makes the call has left, in milliseconds, for the call to know
   */
  begin(args: readonly unknown[], site: CallSite, mode: RunMode, remaining: number | undefined): Future<unknown>
  /** Where its calls are generators without limits of their own: they need no stack besides that of their caller. */
  readonly generator: GeneratorFunctionOf | undefined
  /** Its calls go on elsewhere, on a loop, while this thread does something else. */
  readonly elsewhere: boolean
}

export type GeneratorFunctionOf = (...args: readonly unknown[]) => Generator<unknown, unknown, unknown>

/** Whoever runs a generator call among others, as one frame of a stack. */
export interface FrameOwner {
  readonly label: string
  /** What is waited for in place of the frame; undefined where the whole stack runs in one go. */
  readonly future: Future<unknown> | undefined
}

// What only the library's own files may do to a call; the class fills them in, below.

/** Blocks for the call's result. `form` is what the user called, whose frames errors need not show. */
export let runCall: (call: DualCall<unknown>, form: (...args: never[]) => unknown) => unknown
/** The call's future, having begun it if nobody has yet. A generator does its first step when the future is resumed. */
export let beginCall: (
  call: DualCall<unknown>,
  site: CallSite,
  mode: RunMode,
  remaining: number | undefined,
) => Future<unknown>
/** Nobody has begun it yet. */
export let isNew: (call: DualCall<unknown>) => boolean
/** See {@link Callee.elsewhere}. */
export let runsElsewhere: (call: DualCall<unknown>) => boolean
/** The callee of a call that is new, and can be a frame. */
export let frameOf: (call: DualCall<unknown>) => (Callee & { generator: GeneratorFunctionOf }) | undefined
/** The call becomes a frame of `owner`'s. Returns its arguments. */
export let enterCall: (call: DualCall<unknown>, owner: FrameOwner) => readonly unknown[]
/** Its frame has ended. */
export let concludeCall: (call: DualCall<unknown>, state: 'fulfilled' | 'rejected', value: unknown) => void

/**
 * A call that is still to be made: `readText(path)`. It runs when it is first asked for its result, and once.
 *
 * `yield*` asks for it inside a `dual(function* …)`, in the mode in which that runs; `await` runs it asynchronously.
 * However often and by whomever it is asked, the first one decides how it runs, and all get that result.
 */
export class DualCall<T> implements PromiseLike<T> {
  readonly #callee: Callee
  #args: readonly unknown[]
  /** `begun` until it is settled, or for good where `#future` has the outcome. */
  #state: 'new' | 'begun' | 'fulfilled' | 'rejected' = 'new'
  #value: unknown = undefined
  #future: Future<unknown> | undefined = undefined
  #owner: FrameOwner | undefined = undefined
  /** Futures of those who asked for it while it was running as a frame, or on the way to its future. */
  #joined: Future<unknown>[] | undefined = undefined

  constructor(callee: Callee, args: readonly unknown[]) {
    this.#callee = callee
    this.#args = args
  }

  /** Runs the call asynchronously, unless it has been run before. Keeps the process alive until it is settled. */
  // biome-ignore lint/suspicious/noThenProperty: a call is a thenable on purpose
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    // There are frames of the user's where `then` is called, and none where `await` has the event loop call it.
    const trace = this.#state === 'new' ? takeTrace(this.then) : {}
    const future = this.#begin(() => trace, 'async', undefined) as Future<T>
    start(future)
    return promiseOf(future).then(onFulfilled, onRejected)
  }

  /** For `yield*` inside a `dual(function* …)`. */
  [Symbol.iterator](): Iterator<DualCall<T>, T, unknown> {
    const { label } = this.#callee
    const remedy = `write ${label}.sync(…) or ${label}.async(…), or yield* it inside of one`
    return new Delegation<DualCall<T>, T>(
      this,
      `${label}(…) was iterated over outside of a dual(function* …), which makes no call: ${remedy}`,
    )
  }

  get [Symbol.toStringTag](): string {
    return 'DualCall'
  }

  #run(form: (...args: never[]) => unknown): unknown {
    switch (this.#state) {
      case 'new':
        break
      case 'fulfilled':
        return this.#value
      case 'rejected':
        throw this.#value
      case 'begun':
        return this.#begin(nowhere, 'sync', undefined).result()
    }
    const { runHere } = this.#callee
    if (runHere === undefined) return blockFor(this.#begin(() => takeTrace(form), 'sync', undefined))
    this.#state = 'begun'
    let value: unknown
    try {
      value = runHere(this.#args)
    } catch (error) {
      this.#conclude('rejected', error)
      throw error
    }
    this.#conclude('fulfilled', value)
    return value
  }

  #begin(site: CallSite, mode: RunMode, remaining: number | undefined): Future<unknown> {
    if (this.#future !== undefined) return this.#future
    switch (this.#state) {
      case 'new':
        break
      case 'begun':
        return this.#join()
      case 'fulfilled':
        return settledWith(this.#callee.label, { state: 'fulfilled', value: this.#value })
      case 'rejected':
        return settledWith(this.#callee.label, { state: 'rejected', reason: this.#value })
    }
    this.#state = 'begun'
    const future = this.#callee.begin(this.#args, site, mode, remaining)
    this.#future = future
    this.#args = []
    // A native half has run already, and may have asked for this very call.
    if (this.#joined !== undefined) whenSettled(future, () => this.#settleJoined(outcomeOf(future)))
    return future
  }

  /** A future that is settled with the call, which is running: it is a frame, or blocks this thread. */
  #join(): Future<unknown> {
    const behind = this.#owner?.future
    const { label } = this.#callee
    const joined = new Future<unknown>({ label, waitsOn: () => (behind === undefined ? [] : [behind]) })
    // Who waits for this one waits for that one, too; which may go on long after this call.
    if (behind !== undefined)
      whenSettled(
        joined,
        observe(behind, joined, () => {}),
      )
    this.#joined ??= []
    this.#joined.push(joined)
    return joined
  }

  #conclude(state: 'fulfilled' | 'rejected', value: unknown): void {
    this.#state = state
    this.#value = value
    this.#args = []
    this.#owner = undefined
    if (this.#joined === undefined) return
    this.#settleJoined(state === 'fulfilled' ? { state, value } : { state, reason: value })
  }

  #settleJoined(outcome: ReturnType<typeof outcomeOf>): void {
    const joined = this.#joined ?? []
    this.#joined = undefined
    if (outcome !== undefined) for (const future of joined) settle(future, outcome)
  }

  static {
    runCall = (call, form) => call.#run(form)
    beginCall = (call, site, mode, remaining) => call.#begin(site, mode, remaining)
    isNew = (call) => call.#state === 'new'
    runsElsewhere = (call) => call.#callee.elsewhere
    frameOf = (call) => {
      if (call.#state !== 'new' || call.#callee.generator === undefined) return undefined
      return call.#callee as Callee & { generator: GeneratorFunctionOf }
    }
    enterCall = (call, owner) => {
      call.#state = 'begun'
      call.#owner = owner
      return call.#args
    }
    concludeCall = (call, state, value) => call.#conclude(state, value)
  }
}

/** For who does not begin the call. */
const nowhere: CallSite = () => ({})
