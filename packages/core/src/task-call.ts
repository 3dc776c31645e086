import { now } from './deadline.ts'

/** The call that a task is serving, as the task sees it. */
export interface TaskCall {
  /** Counted by the caller; unique in this generation of the loop. */
  readonly id: number
  /** Aborted when the caller cancels the call or its time is up, with the caller's reason. Hand it on to what you call. */
  readonly signal: AbortSignal
  /** When the time is up, on the clock of this thread's `performance.now()`; `Infinity` where there is no limit. */
  readonly deadline: number
  /**
   * Throws the reason if the call was cancelled. Also sees a cancellation that has only just arrived, so that work
   * that never yields to the event loop can look for itself. Costs about a microsecond.
   */
  throwIfCancelled(): void
}

/** The loop's side of a call that is under way. */
export class RunningCall implements TaskCall {
  readonly id: number
  readonly deadline: number
  readonly #look: () => void
  #controller: AbortController | undefined
  #cancellation: { readonly reason: unknown } | undefined

  /** @param look takes in the cancellations that have arrived */
  constructor(id: number, timeout: number | undefined, look: () => void) {
    this.id = id
    this.deadline = timeout === undefined ? Number.POSITIVE_INFINITY : now() + timeout
    this.#look = look
  }

  /** Made when it is first asked for: most tasks do not. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#cancellation !== undefined) this.#controller.abort(this.#cancellation.reason)
    return this.#controller.signal
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
