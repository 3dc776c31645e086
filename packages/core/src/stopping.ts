import { callbackBeforeEnd } from './callbacks.ts'
import type { Client } from './client.ts'
import type { Cancel } from './contract.ts'
import { LoopStoppedError, TimeoutError } from './errors.ts'
import type { Runner } from './executor.ts'
import { Future, type FutureSource, settle } from './future.ts'
import { setTimer } from './timer.ts'
import { clock, noSources, type Source } from './waiter.ts'

/**
 * A generation that takes no more calls: first it drains, then it is asked to end, and then, if it does not within
 * `grace`, it is killed.
 */
export class Retirement {
  readonly #client: Client
  readonly #grace: number
  #waitsForStreams = true
  #asked = false
  #cancelKill: Cancel | undefined

  constructor(client: Client, grace: number) {
    this.#client = client
    this.#grace = grace
  }

  /** To be called whenever something on it is over: asks it to end if nothing is left to do. */
  check(): void {
    if (this.#asked || this.#client.pendingCalls > 0) return
    if (this.#waitsForStreams && this.#client.openStreams > 0) return
    this.#asked = true
    this.#cancelKill = setTimer(this.#grace, () => this.#client.kill())
    this.#client.stop()
  }

  /** Streams that nobody waits for may stay open for ever, so a stop leaves them. */
  leaveStreams(): void {
    this.#waitsForStreams = false
    this.check()
  }

  ended(): void {
    this.#asked = true
    this.#cancelKill?.()
  }
}

/** A loop or a pool on its way to its end: it is over when all calls are, and every generation has ended. */
export class Stopping implements FutureSource {
  readonly label: string
  readonly future: Future<void> = new Future<void>(this)
  readonly #runner: Runner
  readonly #timers: Cancel[] = []
  #held = false

  constructor(runner: Runner) {
    this.label = `stop of ${runner.label}`
    this.#runner = runner
  }

  begin(): void {
    this.#runner.finish()
    this.check()
  }

  awaits(): readonly Source[] {
    // When the time for draining is up, whatever it is stuck in is killed.
    if (this.whyStuck() !== undefined) return this.#timers.length === 0 ? noSources : [clock]
    return [...this.#runner.live]
  }

  /** A generation cannot drain while it is blocked for a callback that waits for the stop, or such a call is made. */
  whyStuck(): string | undefined {
    for (const client of this.#runner.live) {
      const callback = callbackBeforeEnd(client)
      if (callback !== undefined) {
        return `${client.label} is blocked until ${callback} returns, which is waiting for it to stop`
      }
      if (client.isBeingCalled)
        return `${client.label} is about to be called, by arguments that are waiting for it to stop`
    }
    return undefined
  }

  hold(): void {
    this.#held = true
    this.#runner.hold()
  }

  abandon(): void {}

  /** The time for draining, counted from now. The shortest one given counts. */
  limit(timeout: number): void {
    if (timeout === Number.POSITIVE_INFINITY || this.future.done()) return
    this.#timers.push(setTimer(timeout, () => this.#expire(timeout)))
  }

  /** To be called whenever a generation has ended, or a call that was on none. */
  check(): void {
    if (this.future.done() || this.#runner.pendingCalls > 0) return
    for (const _ of this.#runner.live) return
    this.#finish()
  }

  #expire(timeout: number): void {
    const runner = this.#runner
    // This thread may have been busy itself, and the answers be here.
    for (const client of [...runner.live]) client.pump()
    const count = runner.pendingCalls
    if (count === 0 || this.future.done()) return
    const calls = count === 1 ? '1 call was' : `${count} calls were`
    const about = { adapter: runner.adapter.name }
    const error = new TimeoutError(
      `${this.label}: ${calls} not done within ${timeout} ms and failed; it was killed`,
      about,
    )
    for (const client of [...runner.live]) client.kill()
    this.#finish(error)
    runner.rejectAll((name) => new LoopStoppedError(`${name} was not done when ${runner.label} was stopped`, about))
  }

  #finish(error?: TimeoutError): void {
    for (const cancel of this.#timers) cancel()
    if (this.#held) this.#runner.release()
    this.#held = false
    settle(this.future, error ? { state: 'rejected', reason: error } : { state: 'fulfilled', value: undefined })
  }
}
