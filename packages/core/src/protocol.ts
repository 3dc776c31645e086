import type { EncodedValue, Specials } from './special-values.ts'

export type { Specials } from './special-values.ts'

/**
 * What crosses a channel. Both ends are core's (`client.ts` and `host.ts`); adapters only carry it.
 *
 * Every envelope is plain data that structured clone can copy, but where the adapter declares `closures`. Ids are
 * counted by the caller, never reused within a generation, so a reply that nobody waits for any more is dropped and can
 * never reach another call.
 */
export type Envelope =
  | Load
  | Call
  | Cancel
  | InvokeReturn
  | InvokeThrow
  | Pull
  | Resume
  | Stop
  | Ready
  | Return
  | Throw
  | Cancelled
  | Invoke
  | Stream
  | Yield
  | Resumed
  | ResumedThrow
  | Output

/**
 * An envelope that is being put together: what it need not have is added where there is any, because a property costs
 * something also where it is undefined. Objects are not spread into those of every call: that takes microseconds.
 */
export type Draft<E extends Envelope> = { -readonly [K in keyof E]: E[K] }

/** Caller to loop: `module` stands for this specifier from now on. Sent once before the first call to it. */
export interface Load {
  readonly kind: 'load'
  readonly module: number
  readonly specifier: string
  readonly cwd: string | undefined
}

/** Caller to loop: run an export of a module. */
export interface Call {
  readonly kind: 'call'
  readonly id: number
  /** 0 where `run` is there. */
  readonly module: number
  readonly name: string
  readonly args: readonly unknown[]
  /** The function itself, in place of an export of a module. Only where the adapter declares `closures`. */
  readonly run?: TaskFunction
  /** Milliseconds until the caller gives it up; left out where there is no limit. */
  readonly timeout?: number
  /** What the call is known by on the other side. There where the adapter declares `durable`, and only there. */
  readonly key?: string
  /** The user has chosen it, by the option `id`: the other side may know it already. */
  readonly keyIsGiven?: true
  /** Where in `args` functions have stood, in the order of their numbers. */
  readonly callbacks?: readonly CallbackPosition[]
  /**
   * What has to be done to the clone of `args`. Refers to parts of it by themselves, so an adapter has to carry an
   * envelope that has it by structured clone, or something else that keeps identities and cycles. Left out as a rule.
   */
  readonly specials?: Specials
  /** See {@link EncodedValue.tree}: of `args`, which is one of the objects. */
  readonly tree?: number
  /** Left out where no context is registered, or nothing of it is set. */
  readonly context?: CallContext
}

export type TaskFunction = (...args: readonly unknown[]) => unknown

/** The values that go with a call by the names that they were registered under. */
export interface CallContext {
  readonly values: Readonly<Record<string, unknown>>
  readonly specials?: Specials
}

/** `args[index]`, or `args[index][key]`. */
export type CallbackPosition = readonly [index: number, key?: string]

/** Caller to loop: the outcome of a call is no longer wanted. Acknowledged by {@link Cancelled}. */
export interface Cancel {
  readonly kind: 'cancel'
  readonly id: number
  readonly reason: EncodedThrown
}

/** Caller to loop: what a callback returned. */
export interface InvokeReturn {
  readonly kind: 'invoke-return'
  readonly id: number
  readonly value: unknown
  readonly specials?: Specials
}

/** Caller to loop: what a callback threw, or why it was not run. */
export interface InvokeThrow {
  readonly kind: 'invoke-throw'
  readonly id: number
  readonly thrown: EncodedThrown
  /** Its call had ended or was cancelled. */
  readonly refused?: true
}

/**
 * Caller to loop: the generator of this call may run ahead by so much more. What comes of it is sent as {@link Yield},
 * and its end as the {@link Return} or {@link Throw} of the call.
 */
export interface Pull {
  readonly kind: 'pull'
  readonly id: number
  /** In the units of `read-ahead.ts`. */
  readonly count: number
}

/**
 * Caller to loop: one step of the generator of this call. What it may still run ahead by is taken back, and nothing
 * that it has run ahead to is wanted any more. Answered by {@link Resumed} or {@link ResumedThrow}.
 */
export type Resume =
  | {
      readonly kind: 'resume'
      readonly id: number
      readonly method: 'next' | 'return'
      readonly value: unknown
      readonly specials?: Specials
    }
  | { readonly kind: 'resume'; readonly id: number; readonly method: 'throw'; readonly thrown: EncodedThrown }

/** Caller to loop: every call is settled and no more will come; end. */
export interface Stop {
  readonly kind: 'stop'
}

/** Loop to caller: the first envelope; the loop runs. An exit before it is a failure to start. */
export interface Ready {
  readonly kind: 'ready'
}

/** Loop to caller: the call returned, or its generator did. */
export interface Return {
  readonly kind: 'return'
  readonly id: number
  readonly value: unknown
  readonly specials?: Specials
  readonly tree?: number
}

/** Loop to caller: the call threw, or its generator did. */
export interface Throw {
  readonly kind: 'throw'
  readonly id: number
  readonly thrown: EncodedThrown
}

/** Loop to caller: a cancellation has been seen; no reply to that call will come. */
interface Cancelled {
  readonly kind: 'cancelled'
  readonly id: number
}

/** Loop to caller: run a callback of a call that is under way. The ids are counted by the loop. */
export interface Invoke {
  readonly kind: 'invoke'
  readonly id: number
  readonly call: number
  /** Its number, a position in {@link Call.callbacks}. */
  readonly callback: number
  readonly args: readonly unknown[]
  readonly specials?: Specials
  /** The loop's thread does nothing else until it has the outcome. */
  readonly blocking: boolean
}

/** Loop to caller: the call returned a generator. It stands still until it is pulled or resumed. */
interface Stream {
  readonly kind: 'stream'
  readonly id: number
}

/** Loop to caller: what the generator of the call has yielded, in order, while it ran ahead. */
export interface Yield {
  readonly kind: 'yield'
  readonly id: number
  readonly values: readonly unknown[]
  /** What each counts for, to be granted again when it has been consumed. Left out where each counts for one. */
  readonly weights?: readonly number[]
  readonly specials?: Specials
}

/** Loop to caller: what came of a {@link Resume}: the iterator's result. */
interface Resumed {
  readonly kind: 'resumed'
  readonly id: number
  readonly done: boolean
  readonly value: unknown
  readonly specials?: Specials
}

/** Loop to caller: a {@link Resume} had the generator throw, which is its end. */
interface ResumedThrow {
  readonly kind: 'resumed-throw'
  readonly id: number
  readonly thrown: EncodedThrown
}

/** Loop to caller: a task has printed, on a loop whose output is relayed. */
export interface Output {
  readonly kind: 'output'
  readonly stream: OutputStream
  /** Text as text; bytes where that is what was written, so that a character may be split over two chunks. */
  readonly chunk: string | Uint8Array
}

export type OutputStream = 'stdout' | 'stderr'

/** A thrown value, whatever it is. */
export type EncodedThrown = EncodedValue
