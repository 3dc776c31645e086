import { callbackInTheWay } from './callbacks.ts'
import type { Client } from './client.ts'
import type { Cancel } from './contract.ts'
import { LoopStoppedError, TimeoutError } from './errors.ts'
import { Future, type FutureSource, settle } from './future.ts'
import { setTimer } from './timer.ts'
import type { Source } from './waiter.ts'

/**
 * A loop on its way to its end: first it drains, then it is asked to end, and then, if it does not within `grace`,
 * it is killed.
 */
export class Stopping implements FutureSource {
  readonly label: string
  readonly future: Future<void> = new Future<void>(this)
  readonly #client: Client | undefined
  readonly #adapter: string
  readonly #grace: number
  readonly #timers: Cancel[] = []
  #held = false

  constructor(client: Client | undefined, loop: string, adapter: string, grace: number) {
    this.label = `stop of ${loop}`
    this.#client = client
    this.#adapter = adapter
    this.#grace = grace
    if (client === undefined) this.#finish()
    else if (client.pendingCalls === 0) this.drained(client)
  }

  awaits(): Source | undefined {
    return this.#callback() === undefined ? this.#client : undefined
  }

  whyStuck(): string | undefined {
    const callback = this.#callback()
    return callback && `${this.#client?.label} is blocked until ${callback} returns, which is waiting for it to stop`
  }

  /** The loop cannot drain while it is blocked for a callback that waits for the stop. */
  #callback(): string | undefined {
    return this.#client && callbackInTheWay(this.#client)
  }

  hold(): void {
    this.#held = true
    this.#client?.hold()
  }

  abandon(): void {}

  /** The time for draining, counted from now. The shortest one given counts. */
  limit(timeout: number): void {
    if (timeout === Number.POSITIVE_INFINITY || this.future.done()) return
    this.#timers.push(setTimer(timeout, () => this.#expire(timeout)))
  }

  /** Every call on this end is settled: nothing is left to do but to end. */
  drained(client: Client): void {
    if (client !== this.#client || this.future.done()) return
    client.stop()
    this.#timers.push(setTimer(this.#grace, () => client.kill()))
  }

  exited(client: Client): void {
    if (client === this.#client) this.#finish()
  }

  #expire(timeout: number): void {
    const client = this.#client
    if (client === undefined) return
    // This thread may have been busy itself, and the answers be here.
    client.pump()
    if (client.pendingCalls === 0 || this.future.done()) return
    const count = client.pendingCalls
    const calls = count === 1 ? '1 call was' : `${count} calls were`
    const error = new TimeoutError(`${this.label}: ${calls} not done within ${timeout} ms and failed; it was killed`, {
      adapter: this.#adapter,
    })
    client.kill()
    this.#finish(error)
    client.rejectAll(
      (name) => new LoopStoppedError(`${name} was not done when its loop was stopped`, { adapter: this.#adapter }),
    )
  }

  #finish(error?: TimeoutError): void {
    for (const cancel of this.#timers) cancel()
    if (this.#held) this.#client?.release()
    this.#held = false
    settle(this.future, error ? { state: 'rejected', reason: error } : { state: 'fulfilled', value: undefined })
  }
}
