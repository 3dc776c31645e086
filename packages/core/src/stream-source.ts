import { now } from './deadline.ts'
import { AbortError, SerializationError } from './errors.ts'
import { isPromiseLike } from './is-promise-like.ts'
import { optional } from './optional.ts'
import type { Envelope, Resume } from './protocol.ts'
import { weightOf } from './read-ahead.ts'
import { findSpecials, restoreSpecials } from './special-values.ts'
import type { RunningCall } from './task-call.ts'
import { thread } from './thread.ts'
import { decodeThrown, hostFrame, postThrown } from './thrown.ts'
import { explainRefusal } from './values.ts'

/*
 * The loop's end of a generator that a task has returned.
 *
 * It stands still, or runs ahead (what it yields goes into a batch, until what the caller has granted is used up), or
 * is resumed for one step. A generator does what it is asked in the order of asking, also if it is asked before it has
 * done the last step. So what it gives to a step that it had run ahead to, once a resumption has begun, is known to be
 * unwanted.
 */

export type AnyGenerator = AsyncGenerator<unknown, unknown, unknown> | Generator<unknown, unknown, unknown>

type StepResult = IteratorResult<unknown, unknown>

/** How long a batch may grow before it is sent and the event loop gets its turn, in milliseconds. */
const batchTime = 1

/** Runs `task` when the event loop has turned. */
const nextTurn: (task: () => void) => void = globalThis.setImmediate ?? ((task) => void setTimeout(task, 0))

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
  readonly post: (envelope: Envelope) => void
  /** Runs when its end has been sent, or nobody wants it any more. */
  readonly onEnd: () => void
}

export class StreamSource {
  readonly #options: StreamSourceOptions
  readonly #id: number
  #batch: unknown[] = []
  #batchBegan = 0
  /** What it may still run ahead by. */
  #credit = 0
  #running = false
  /** It has been asked, by running ahead, for a step that it has not done yet. */
  #asked = false
  /** Resumptions under way. */
  #resuming = 0
  #ended = false

  constructor(options: StreamSourceOptions) {
    this.#options = options
    this.#id = options.call.id
  }

  pull(count: number): void {
    this.#credit += count
    if (!this.#running && !this.#isInterrupted()) void this.#runAhead()
  }

  /** Answers in every case, by the outcome of the step. */
  async resume(step: Resume): Promise<void> {
    this.#credit = 0
    this.#batch.length = 0
    // What it has run ahead to may take for ever, and comes first: only the task itself can cut it short.
    if (this.#asked && step.method === 'return') this.#options.call.cancel(this.#closedEarly())
    this.#resuming++
    try {
      const { done = false, value } = await this.#ask(step.method, argumentOf(step))
      if (this.#ended) return
      this.#postValue({ kind: 'resumed', id: this.#id, done, value })
      if (done) this.#end()
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

  async #runAhead(): Promise<void> {
    this.#running = true
    try {
      while (this.#credit > 0 && !this.#isInterrupted()) {
        const asked = this.#ask('next', undefined)
        this.#asked = true
        // A plain generator has its result at once, and other promises need not be waited for.
        const { done, value } = isPromiseLike(asked) ? await asked : asked
        this.#asked = false
        if (this.#isInterrupted()) break
        if (done) {
          this.#flush()
          this.#postValue({ kind: 'return', id: this.#id, value })
          this.#end()
          break
        }
        this.#credit -= weightOf(value)
        if (this.#add(value)) {
          this.#flush()
          await new Promise<void>(nextTurn)
        }
      }
      this.#flush()
    } catch (error) {
      this.#asked = false
      if (!this.#isInterrupted()) await this.#failAhead(error)
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

  /** True if the batch has grown for long enough; else it goes when the event loop turns, or before. */
  #add(value: unknown): boolean {
    if (this.#batch.push(value) > 1) return now() - this.#batchBegan >= batchTime
    this.#batchBegan = now()
    const batch = this.#batch
    nextTurn(() => {
      if (this.#batch === batch) this.#flushOnTurn()
    })
    return false
  }

  #flushOnTurn(): void {
    try {
      this.#flush()
    } catch (error) {
      void this.#failAhead(error)
    }
  }

  /** @throws {SerializationError} for an item that cannot be sent. Those before it have been. */
  #flush(): void {
    if (this.#batch.length === 0 || this.#isInterrupted()) return
    const values = this.#batch
    this.#batch = []
    const post = (items: readonly unknown[]): void => {
      const specials = findSpecials(items, 'items')
      this.#options.post({ kind: 'yield', id: this.#id, values: items, ...optional('specials', specials) })
    }
    try {
      post(values)
    } catch {
      for (const value of values) {
        try {
          post([value])
        } catch (cause) {
          throw this.#refused('yielded', value, cause)
        }
      }
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
      const specials = findSpecials(value, 'value')
      this.#options.post({ ...envelope, ...optional('specials', specials) } as Envelope)
    } catch (cause) {
      throw this.#refused(envelope.done === false ? 'yielded' : 'returned', value, cause)
    }
  }

  /** Something in running ahead went wrong. What was yielded before comes first, and may be wrong itself. */
  async #failAhead(error: unknown): Promise<void> {
    try {
      this.#flush()
    } catch (refusal) {
      await this.#fail('throw', refusal)
      return
    }
    await this.#fail('throw', error)
  }

  /** The end: the generator has thrown, or what it gave cannot be sent, and then it has to be told. */
  async #fail(kind: 'throw' | 'resumed-throw', error: unknown): Promise<void> {
    await this.#quietlyReturn()
    if (this.#ended || (kind === 'throw' && this.#resuming > 0)) return
    postThrown(error, (thrown) => this.#options.post({ kind, id: this.#id, thrown }))
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
    this.#batch.length = 0
    this.#options.onEnd()
  }

  #closedEarly(): AbortError {
    const { name, adapter } = this.#options
    return new AbortError(`nobody iterates over ${name} any more`, { adapter })
  }

  #refused(verb: 'yielded' | 'returned', value: unknown, cause: unknown): SerializationError {
    const { name, adapter } = this.#options
    const why = explainRefusal(value, verb === 'yielded' ? 'item' : 'result', cause)
    const message = `${name} ${verb} what cannot be sent to its caller: ${why}`
    const error = new SerializationError(message, { adapter, cause })
    // The caller's frames will follow; the host's own say nothing to a user.
    error.stack = `${error.name}: ${message}`
    return error
  }
}

function argumentOf(step: Resume): unknown {
  return step.method === 'throw' ? decodeThrown(step.thrown) : restoreSpecials(step.value, step.specials)
}

/** The step, in a frame that marks where the task's own frames end. */
const frame = {
  [hostFrame](generator: AnyGenerator, method: Resume['method'], argument: unknown): Promise<StepResult> | StepResult {
    return generator[method](argument)
  },
}
