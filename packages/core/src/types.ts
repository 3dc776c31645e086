import type { Dual } from './dual.ts'
import type { DualCall } from './dual-call.ts'
import type { Future } from './future.ts'
import type { Stream } from './stream.ts'

/** Any function type. Parameters are `never` so that every function is assignable to it. */
export type AnyFunction = (...args: never[]) => unknown

/**
 * The functions that a task module exports, as dual functions. `M` is `typeof import('./tasks.js')`.
 *
 * `then` is never one of them, so that the result of `loop.load` is not taken for a promise.
 */
export type Tasks<M> = {
  readonly [K in keyof M as K extends 'then' ? never : M[K] extends AnyFunction ? K : never]: M[K] extends AnyFunction
    ? Dual<M[K]>
    : never
}

/**
 * The blocking form of a function: the same arguments, the awaited result; for an async generator, a `Generator`.
 *
 * The last four overloads are kept, in order. A type parameter becomes its constraint.
 */
export type SyncForm<F extends AnyFunction> = EachOverload<F, 'sync'>

/**
 * The awaitable form. A function that returns a promise or an async generator is its own, with every overload and type parameter, unless it
 * takes a {@link Callback}; what else returns `R` gives `Promise<R>`, with the limits of {@link SyncForm}.
 */
export type AsyncForm<F extends AnyFunction> = F extends (
  ...args: never[]
) => Promise<unknown> | AsyncGenerator<unknown, unknown, never>
  ? [Parameters<F>] extends [AsyncArguments<Parameters<F>>]
    ? [AsyncArguments<Parameters<F>>] extends [Parameters<F>]
      ? F
      : EachOverload<F, 'async'>
    : EachOverload<F, 'async'>
  : EachOverload<F, 'async'>

/**
 * The form that returns a {@link Future}, with the limits of {@link SyncForm}. That of a generator has a {@link Stream}.
 */
export type SubmitForm<F extends AnyFunction> = EachOverload<F, 'submit'>

/**
 * The function itself, called without a form. Callbacks must not return a promise, because it may be run in either
 * mode. With the limits of {@link SyncForm}.
 */
export type CallForm<F extends AnyFunction> = EachOverload<F, 'call'>

/**
 * The form that chooses: the result or a promise of it. Callbacks must not return a promise, because it may block. With
 * the limits of {@link SyncForm}.
 */
export type AutoForm<F extends AnyFunction> = EachOverload<F, 'auto'>

/** The types of the forms of a function; `call` is that of the function itself. */
export interface FormTypes {
  sync: AnyFunction
  async: AnyFunction
  submit: AnyFunction
  call: AnyFunction
  auto: AnyFunction
}

/**
 * A callback as a task gets it: awaitable, with a `sync` twin that blocks the task's thread until the caller has run
 * it. `F` is the function as the caller passes it.
 */
export type Callback<F extends AnyFunction> = ((...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>) & {
  readonly sync: (...args: Parameters<F>) => Awaited<ReturnType<F>>
}

/**
 * Arguments as the blocking form takes them: callbacks, and those that are properties of plain objects, cannot return
 * a promise, because their thread is blocked.
 */
type SyncArguments<A extends unknown[]> = { [I in keyof A]: SyncArgument<A[I]> }
type SyncArgument<T> = T extends AnyFunction ? SyncCallback<T> : T extends object ? SyncProperties<T> : T
/** Objects without callbacks stay the type that they are. */
type SyncProperties<T extends object> =
  Extract<T[keyof T], (...args: never[]) => PromiseLike<unknown>> extends never
    ? T
    : { [K in keyof T]: T[K] extends AnyFunction | undefined ? SyncCallback<T[K]> : T[K] }
type SyncCallback<T> = T extends (...args: infer A) => PromiseLike<infer R> ? (...args: A) => R : T

/** Arguments as the other forms take them: a callback may return a promise, and has no twin. */
type AsyncArguments<A extends unknown[]> = { [I in keyof A]: AsyncArgument<A[I]> }
type AsyncArgument<T> = T extends AnyFunction ? AsyncCallback<T> : T extends object ? AsyncProperties<T> : T
type AsyncProperties<T extends object> =
  Extract<T[keyof T], { readonly sync: AnyFunction }> extends never
    ? T
    : { [K in keyof T]: T[K] extends AnyFunction | undefined ? AsyncCallback<T[K]> : T[K] }
type AsyncCallback<T> = T extends { readonly sync: (...args: infer A) => infer R } ? (...args: A) => R | Promise<R> : T

type Form = keyof FormTypes

interface Result<R> {
  sync: SyncResult<Awaited<R>>
  async: AsyncResult<Awaited<R>>
  submit: Future<SubmitResult<Awaited<R>>>
  call: DualCall<SubmitResult<Awaited<R>>>
  auto: SyncResult<Awaited<R>> | AsyncResult<Awaited<R>>
}

type SyncResult<T> = GeneratorTypes<T> extends [infer Y, infer R, infer N] ? StreamOr<T, Generator<Y, R, N>> : T
type AsyncResult<T> =
  GeneratorTypes<T> extends [infer Y, infer R, infer N] ? StreamOr<T, AsyncGenerator<Y, R, N>, Promise<T>> : Promise<T>
type SubmitResult<T> = GeneratorTypes<T> extends [infer Y, infer R, infer N] ? StreamOr<T, Stream<Y, R, N>> : T

/** `S` if `T` is a generator. The type `never` is none, although it is anything. */
type StreamOr<T, S, Otherwise = T> = [T] extends [never] ? Otherwise : S

/** What a generator yields, returns, and takes; anything but a tuple for what is no generator, `any` included. */
type GeneratorTypes<T> = 0 extends 1 & T
  ? undefined
  : T extends AsyncGenerator<infer Y, infer R, infer N>
    ? [Y, R, N]
    : T extends Generator<infer Y, infer R, infer N>
      ? [Y, R, N]
      : undefined

type Signature<A extends unknown[], R, K extends Form> = (
  ...args: K extends 'sync' | 'call' | 'auto' ? SyncArguments<A> : AsyncArguments<A>
) => Result<R>[K]

/** TypeScript matches overloads from the last one up, and repeats the first where there are fewer than four. */
type EachOverload<F, K extends Form> = F extends {
  (...args: infer A1 extends unknown[]): infer R1
  (...args: infer A2 extends unknown[]): infer R2
  (...args: infer A3 extends unknown[]): infer R3
  (...args: infer A4 extends unknown[]): infer R4
}
  ? Overload<[A1, R1], [A2, R2], K> &
      Overload<[A2, R2], [A3, R3], K> &
      Overload<[A3, R3], [A4, R4], K> &
      Signature<A4, R4, K>
  : never

/** An overload's signature, or nothing where it is a repetition of the next one. */
type Overload<O extends [unknown[], unknown], Next, K extends Form> = [O, Next] extends [Next, O]
  ? unknown
  : Signature<O[0], O[1], K>
