import { placeAt } from './call-site.ts'
import { type CallRequest, type Client, reasonOf } from './client.ts'
import { type Deadline, deadlineIn, now } from './deadline.ts'
import { AmbisyncError } from './errors.ts'
import { awaits, Future, type FutureSource, hold, outcomeOf, resume, settle, whenSettled, whyStuck } from './future.ts'
import { optional } from './optional.ts'
import type { Source } from './waiter.ts'

/** Where calls wait for their turn. */
export interface Waiting {
  awaits(): readonly Source[]
  whyStuck(label: string): string | undefined
  resume(): void
  hold(): void
  release(): void
  /** A call will not be made: it was cancelled, or its time is up. */
  left(call: QueuedCall): void
}

/** A call that waits for a member of a pool to have time for it. Once it has begun it is the member's call. */
export class QueuedCall implements FutureSource {
  readonly label: string
  readonly site: CallRequest['site']
  readonly future: Future<unknown> = new Future(this)
  readonly #request: CallRequest
  readonly #deadline: Deadline | undefined
  readonly #waiting: Waiting
  /** In the queue: it has neither begun nor been given up. The queue keeps this. */
  isWaiting = false
  #held = false
  #begun: Future<unknown> | undefined
  #abandoned: { readonly reason: unknown } | undefined

  constructor(request: CallRequest, waiting: Waiting) {
    const { name, site, options } = request
    this.label = name
    this.site = site
    this.#request = request
    this.#deadline = options.timeout === undefined ? undefined : deadlineIn(options.timeout)
    this.#waiting = waiting
  }

  get id(): string | undefined {
    return this.#begun?.id
  }

  /** Its timer is about to say so. */
  get hasExpired(): boolean {
    return this.#deadline !== undefined && now() >= this.#deadline
  }

  /**
   * Makes the call, when it was taken from the queue. Arguments are looked at now, which may run code of the user's, and
   * that may cancel this very call.
   */
  begin(client: Client): void {
    const call = client.call({ ...this.#request, ...optional('deadline', this.#deadline) })
    this.#begun = call
    if (this.#held) {
      hold(call)
      this.#waiting.release()
    }
    if (this.#abandoned !== undefined) call.cancel(this.#abandoned.reason)
    else if (call.done()) this.#takeOutcome(call)
    else whenSettled(call, () => this.#takeOutcome(call))
  }

  /** It will not be made. */
  fail(error: unknown): void {
    if (this.#held) this.#waiting.release()
    settle(this.future, {
      state: 'rejected',
      reason: error instanceof AmbisyncError ? placeAt(error, this.site) : error,
    })
  }

  awaits(): readonly Source[] {
    return this.#begun === undefined ? this.#waiting.awaits() : awaits(this.#begun)
  }

  whyStuck(): string | undefined {
    return this.#begun === undefined ? this.#waiting.whyStuck(this.label) : whyStuck(this.#begun)
  }

  resume(): void {
    if (this.#begun === undefined) this.#waiting.resume()
    else resume(this.#begun)
  }

  hold(): void {
    this.#held = true
    if (this.#begun === undefined) this.#waiting.hold()
    else hold(this.#begun)
  }

  abandon(error: unknown): void {
    const reason = reasonOf(error)
    this.#abandoned = { reason }
    if (this.#begun !== undefined) {
      this.#begun.cancel(reason)
    } else if (this.isWaiting) {
      if (this.#held) this.#waiting.release()
      this.#waiting.left(this)
    }
  }

  #takeOutcome(call: Future<unknown>): void {
    const outcome = outcomeOf(call)
    if (outcome !== undefined) settle(this.future, outcome)
  }
}
