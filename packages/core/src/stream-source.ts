import { decodeArrived } from './arrived.ts'
import type { HostLink } from './contract.ts'
import { now } from './deadline.ts'
import { Unsendable } from './encode-value.ts'
import { hostFrame } from './error-content.ts'
import { AbortError, SerializationError } from './errors.ts'
import type { Handover } from './handover.ts'
import { disregard, isPromiseLike } from './is-promise-like.ts'
import { nextTurn } from './next-turn.ts'
import { optional } from './optional.ts'
import { notPlain, plainCopy } from './plain-copy.ts'
import type { Envelope, Resume, Yield } from './protocol.ts'
import { weightOf } from './read-ahead.ts'
import type { RunningCall } from './task-call.ts'
import { thread } from './thread.ts'
import { decodeThrown } from './thrown.ts'
import { type TransferList, transferOf, whyDetached } from './transfer.ts'
import { causeOfRefusal, explainRefusal } from './values.ts'

/*
 * The loop's end of a generator that a task has returned.
 *
 * It stands still, or runs ahead until what the caller has granted is used up, or is resumed for one step. A generator
 * does what it is asked in the order of asking, also if it is asked before it has done the last step. So what it gives
 * to a step that it had run ahead to, once a resumption has begun, is known to be unwanted.
 *
 * An item is what it was when it was yielded, although the generator may change the object right afterwards: it is
 * copied into a batch where it is small and plain, and sent at once where only structured clone can copy it.
 */

export type AnyGenerator = AsyncGenerator<unknown, unknown, unknown> | Generator<unknown, unknown, unknown>

type StepResult = IteratorResult<unknown, unknown>

/** How long items are kept for a batch while the generator goes on, in milliseconds. */
const batchTime = 1

export function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== 'object' || value === null) return false
  const tag = Object.prototype.toString.call(value)
  return tag === '[object AsyncGenerator]' || tag === '[object Generator]'
}

export interface StreamSourceOptions {
  /** The task's name, for messages. */
  readonly name: string
  readonly adapter: string
  readonly generator: AnyGenerator
  readonly call: RunningCall
  readonly handover: Handover
  /** Sends an envelope, after everything that was yielded before it. */
  readonly post: HostLink['post']
  /** Sends a batch, as it is. */
  readonly postBatch: (batch: Yield) => void
  /** Those that have items in a batch. Whoever sends something else has them flushed first, so that the order is kept. */
  readonly unsent: Set<StreamSource>
  /** Runs when its end has been sent, or nobody wants it any more. */
  readonly onEnd: () => void
}

export class StreamSource {
  readonly #options: StreamSourceOptions
  readonly #id: number
  #batch: unknown[] = []
  #weights: number[] = []
  #lastSent = Number.NEGATIVE_INFINITY
  /** The batch goes when the event loop turns. */
  #scheduled = false
  /** What it may still run ahead by. */
  #credit = 0
  #runsAhead = false
  #running = false
  /** Resumptions under way. */
  #resuming = 0
  #ended = false

  constructor(options: StreamSourceOptions) {
    this.#options = options
    this.#id = options.call.id
  }

  pull(count: number): void {
    this.#credit += count
    this.#runsAhead = true
    if (!this.#running && !this.#isInterrupted()) void this.#runAhead()
  }

  /** Answers in every case, by the outcome of the step. */
  async resume(step: Resume): Promise<void> {
    this.#credit = 0
    this.#drop()
    // What it has run ahead to may take for ever, and comes first: only the task itself can cut it short.
    if (this.#runsAhead && step.method === 'return') this.#options.call.cancel(this.#closedEarly())
    this.#resuming++
    try {
      const { done = false, value } = await this.#ask(step.method, this.#argumentOf(step))
      if (this.#ended) await this.#quietlyReturn()
      else {
        this.#postValue({ kind: 'resumed', id: this.#id, done, value })
        if (done) this.#end()
      }
    } catch (error) {
      await this.#fail('resumed-throw', error)
    } finally {
      this.#resuming--
    }
  }

  /** Runs the generator's `finally` blocks, and resolves when they are done. Nobody is told what comes of it. */
  async close(): Promise<void> {
    if (this.#ended) return
    this.#end()
    await this.#quietlyReturn()
  }

  /** Sends what is in the batch. */
  flush(): void {
    if (this.#batch.length === 0) return
    const values = this.#batch
    const weights = this.#weights
    this.#drop()
    this.#lastSent = now()
    const heavy = weights.some((weight) => weight !== 1)
    this.#options.postBatch({
      kind: 'yield',
      id: this.#id,
      values,
      ...optional('weights', heavy ? weights : undefined),
    })
  }

  async #runAhead(): Promise<void> {
    this.#running = true
    try {
      while (this.#credit > 0) {
        const asked = this.#ask('next', undefined)
        // A plain generator has its result at once, and other promises need not be waited for.
        const { done, value } = isPromiseLike(asked) ? await asked : asked
        if (this.#isInterrupted()) {
          // A plain generator that was closed in the middle of a step, which blocked, could not be told.
          if (this.#ended) await this.#quietlyReturn()
          break
        }
        if (done) {
          this.#postValue({ kind: 'return', id: this.#id, value })
          this.#end()
          break
        }
        if (this.#yield(value)) {
          await new Promise<void>(nextTurn)
          if (this.#isInterrupted()) break
        }
      }
      this.flush()
    } catch (error) {
      if (!this.#isInterrupted()) await this.#fail('throw', error)
    }
    this.#running = false
  }

  /** Runs the user's code, as a part of the call. */
  #ask(method: Resume['method'], argument: unknown): Promise<StepResult> | StepResult {
    const { call, generator } = this.#options
    const ask = (): Promise<StepResult> | StepResult => frame[hostFrame](generator, method, argument)
    return thread.calls === undefined ? ask() : thread.calls.run(call, ask)
  }

  /** What has been asked for by running ahead is of no use any more. */
  #isInterrupted(): boolean {
    return this.#ended || this.#resuming > 0
  }

  /** Puts an item into the batch, or sends it. True if the event loop has not had its turn for long enough. */
  #yield(value: unknown): boolean {
    const weight = weightOf(value)
    this.#credit -= weight
    const copy = this.#copyForBatch(value)
    const isDue = now() - this.#lastSent >= batchTime
    if (copy === notPlain) {
      this.flush()
      this.#postItem(value, weight)
      return isDue
    }
    this.#batch.push(copy)
    this.#weights.push(weight)
    this.#options.unsent.add(this)
    if (isDue) this.flush()
    else this.#flushNextTurn()
    return isDue
  }

  #copyForBatch(value: unknown): unknown {
    if (this.#options.handover.byReference) return value
    return transferOf(value) === undefined ? plainCopy(value) : notPlain
  }

  #flushNextTurn(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    nextTurn(() => {
      this.#scheduled = false
      this.flush()
    })
  }

  #drop(): void {
    this.#batch = []
    this.#weights = []
    this.#options.unsent.delete(this)
  }

  #postItem(value: unknown, weight: number): void {
    try {
      const transfer = transferFor(value)
      const { value: sent, specials } = this.#options.handover.encode([value], 'items')
      const values = sent as readonly unknown[]
      const item: Yield = { kind: 'yield', id: this.#id, values, weights: [weight], ...optional('specials', specials) }
      this.#options.post(item, transfer)
      this.#lastSent = now()
    } catch (cause) {
      throw this.#refused('yielded', value, cause)
    }
  }

  #postValue(envelope: {
    readonly kind: 'return' | 'resumed'
    readonly id: number
    readonly done?: boolean
    readonly value: unknown
  }): void {
    const { value } = envelope
    try {
      const { handover, post } = this.#options
      const transfer = handover.byReference ? undefined : transferFor(value)
      post({ ...envelope, ...handover.encode(value, 'value') } as Envelope, transfer)
    } catch (cause) {
      throw this.#refused(envelope.done === false ? 'yielded' : 'returned', value, cause)
    }
  }

  /** The end: the generator has thrown, or what it gave cannot be sent, and then it has to be told. */
  async #fail(kind: 'throw' | 'resumed-throw', error: unknown): Promise<void> {
    await this.#quietlyReturn()
    // A resumption that began meanwhile is what will be answered.
    if (this.#ended || (kind === 'throw' && this.#resuming > 0)) return
    const { handover, post } = this.#options
    handover.postThrown(error, (thrown) => post({ kind, id: this.#id, thrown }))
    this.#end()
  }

  /** Nothing happens where it has come to its end. */
  async #quietlyReturn(): Promise<void> {
    try {
      await this.#ask('return', undefined)
    } catch {
      // What ended it is what is told.
    }
  }

  #end(): void {
    this.#ended = true
    this.#drop()
    this.#options.onEnd()
  }

  #argumentOf(step: Resume): unknown {
    const at = "on the task's thread"
    if (step.method === 'throw') return decodeThrown(step.thrown, at)
    const { name, adapter } = this.#options
    return decodeArrived(step, { name: 'value', at, what: `${name} was not resumed`, adapter })
  }

  #closedEarly(): AbortError {
    const { name, adapter } = this.#options
    return new AbortError(`nobody iterates over ${name} any more`, { adapter })
  }

  #refused(verb: 'yielded' | 'returned', value: unknown, cause: unknown): SerializationError {
    // It has been told that it cannot be sent; what becomes of it is nobody's failure.
    if (isPromiseLike(value)) disregard(value)
    const { name, adapter } = this.#options
    const why = explainRefusal(value, verb === 'yielded' ? 'item' : 'result', cause, transferOf(value))
    const message = `${name} ${verb} what cannot be sent to its caller: ${why}`
    const error = new SerializationError(message, { adapter, ...causeOfRefusal(cause) })
    // The caller's frames will follow; the host's own say nothing to a user.
    error.stack = `${error.name}: ${message}`
    return error
  }
}

/** What moves with a value. */
function transferFor(value: unknown): TransferList | undefined {
  const transfer = transferOf(value)
  const detached = transfer && whyDetached(transfer)
  if (detached !== undefined) throw new Unsendable(detached)
  return transfer
}

/** The step, in a frame that marks where the task's own frames end. */
const frame = {
  [hostFrame](generator: AnyGenerator, method: Resume['method'], argument: unknown): Promise<StepResult> | StepResult {
    return generator[method](argument)
  },
}
