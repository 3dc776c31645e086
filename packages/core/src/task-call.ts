import { decodeArrived } from './arrived.ts'
import { now } from './deadline.ts'
import type { Call, CallContext } from './protocol.ts'

/** The call that a task is serving, as the task sees it. `C` is the type of its context. */
export interface TaskCall<C extends object = Readonly<Record<string, unknown>>> {
  /** Counted by the caller; unique in this generation of the loop. */
  readonly id: number
  /**
   * What the call is known by to its caller, where the caller's adapter declares `durable`: the same each time that it
   * runs, for work that must have its effect once.
   */
  readonly key: string | undefined
  /** Aborted when the caller cancels the call or its time is up, with the caller's reason. Hand it on to what you call. */
  readonly signal: AbortSignal
  /** When the time is up, on the clock of this thread's `performance.now()`; `Infinity` where there is no limit. */
  readonly deadline: number
  /**
   * What the option `context` of `startLoop` had registered, as it was when the call was made. Frozen; without what
   * was undefined, and empty where nothing is registered.
   * @throws {SerializationError} for an instance of a class that is not registered on this thread
   */
  readonly context: C
  /**
   * Throws the reason if the call was cancelled. Also sees a cancellation that has only just arrived, so that work
   * that never yields to the event loop can look for itself. Costs about a microsecond.
   */
  throwIfCancelled(): void
}

/** The loop's side of a call that is under way. */
export class RunningCall implements TaskCall {
  readonly id: number
  readonly key: string | undefined
  readonly deadline: number
  readonly #look: () => void
  #sent: CallContext | undefined
  #context: Readonly<Record<string, unknown>> | undefined
  #controller: AbortController | undefined
  #cancellation: { readonly reason: unknown } | undefined

  /** @param look takes in the cancellations that have arrived */
  constructor({ id, key, timeout, context }: Call, look: () => void) {
    this.id = id
    this.key = key
    this.#sent = context
    this.deadline = timeout === undefined ? Number.POSITIVE_INFINITY : now() + timeout
    this.#look = look
  }

  /** Made when it is first asked for: most tasks do not. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#cancellation !== undefined) this.#controller.abort(this.#cancellation.reason)
    return this.#controller.signal
  }

  /** Restored when it is first asked for, like the signal. */
  get context(): Readonly<Record<string, unknown>> {
    if (this.#context === undefined) {
      this.#context = this.#sent === undefined ? empty : freezeContext(this.#sent)
      this.#sent = undefined
    }
    return this.#context
  }

  get cancelled(): boolean {
    return this.#cancellation !== undefined
  }

  throwIfCancelled(): void {
    this.#look()
    if (this.#cancellation !== undefined) throw this.#cancellation.reason
  }

  cancel(reason: unknown): void {
    this.#cancellation ??= { reason }
    this.#controller?.abort(reason)
  }
}

const empty: Readonly<Record<string, unknown>> = Object.freeze({})

function freezeContext({ values, ...rest }: CallContext): Readonly<Record<string, unknown>> {
  const arrival = {
    name: 'context',
    at: "on the task's thread",
    what: 'the context of the call cannot be read',
  } as const
  return Object.freeze(decodeArrived({ value: values, ...rest }, arrival) as Record<string, unknown>)
}
