import { decodeArrived, refusedArrival } from './arrived.ts'
import { addFrames, type CallSite, placeAt } from './call-site.ts'
import { decodeItems, runsDecode } from './decode-value.ts'
import { afterDispatch } from './dispatch.ts'
import { AbortError, SerializationError } from './errors.ts'
import { type Future, type Outcome, settle } from './future.ts'
import { isPromiseLike } from './is-promise-like.ts'
import type { EncodedThrown, Yield } from './protocol.ts'
import type { EncodedValue } from './special-values.ts'
import { Step, type StepMethod, type StepResult, type StreamLink } from './stream-step.ts'
import { decodeThrown } from './thrown.ts'
import { causeOfRefusal, explainRefusal } from './values.ts'

/*
 * The caller's end of a generator that runs on a loop.
 *
 * What the user calls on it (`next`, `return`, `throw`) are steps, and they stand in a queue, as with a local
 * AsyncGenerator. With read-ahead a `next` takes what has arrived; the loop is told when there is room for more. Every
 * other step is sent and answered by itself, and from then until the answer what the generator had run ahead to is
 * dropped: the channel keeps the order, so what comes before the answer is from before the step.
 */

type Ending =
  | { readonly kind: 'return'; readonly value: unknown }
  | { readonly kind: 'throw'; readonly reason: unknown }

interface Batch {
  readonly values: Yield['values']
  readonly weights: Yield['weights']
}

const at = "on the caller's thread"

export interface StreamOptions {
  readonly id: number
  readonly label: string
  readonly adapter: string
  /** In the units of `read-ahead.ts`; 0 for one step at a time. */
  readonly readAhead: number
  readonly site: CallSite
}

/** One generator on a loop, as its caller knows it. */
export class StreamReader {
  readonly #options: StreamOptions
  readonly #link: StreamLink
  /** Batches as they came, and the position of the next item in the first of them. */
  readonly #batches: Batch[] = []
  #position = 0
  readonly #steps: Step[] = []
  /** Consumed, and not granted again yet. */
  #consumed = 0
  /** The loop was told that the generator may run ahead. */
  #pulled = false
  /** Comes after what is in the batches. */
  #ending: Ending | undefined
  #finished = false
  /** What has arrived and is behind something that code of the user's has yet to make, in order. */
  readonly #arrivals: (() => void)[] = []
  #decoding = false

  constructor(options: StreamOptions, link: StreamLink) {
    this.#options = options
    this.#link = link
  }

  /** The item that `next` would give at once, in its result; undefined if a step is needed. */
  takeNow(): StepResult | undefined {
    if (this.#steps.length > 0 || this.#batches.length === 0) return undefined
    return { value: this.#take(), done: false }
  }

  /**
   * @param blocking the thread will be blocked until the step is done: if that would last for ever, it does not begin
   * @throws {TypeError} for a value given to `next` where the generator may have run past the place for it
   */
  begin(method: StepMethod, value: unknown, blocking: boolean): Future<StepResult> {
    const { label, readAhead } = this.#options
    if (method === 'next' && value !== undefined && readAhead > 0) {
      const remedy = 'take the stream by .with({ readAhead: 0 }), which has it wait for each next'
      throw new TypeError(`${label}: next() cannot carry a value while the generator may run ahead; ${remedy}`)
    }
    const leave = (left: Step): void => this.#remove(left)
    // Before anything is sent: a step that cannot be waited for must not take what a later one asks for.
    const isPossible = !blocking || this.#link.obstacle() === undefined
    const step = new Step(this.#options, method, value, this.#link, leave, () => this.#decoding)
    step.promised = method === 'return' && !blocking && isPromiseLike(value)
    if (!step.promised) this.#prepare(step)
    this.#steps.push(step)
    if (isPossible && (!blocking || step.awaits().length > 0)) this.#advance()
    return step.future
  }

  /** Nobody can ask for more: the object that the user had is gone. */
  forget(): void {
    if (this.#ending !== undefined || this.#finished) return
    const { id, label, adapter } = this.#options
    this.#link.forget(id)
    this.abort(new AbortError(`nobody iterates over ${label} any more`, { adapter }))
  }

  receive(encoded: EncodedValue, weights: Yield['weights']): void {
    this.#inOrder(encoded, () => {
      if (this.#isDropping() || this.#finished) return
      const { items, refusal } = decodeItems(encoded, { name: 'item', at })
      if (items.length > 0) this.#batches.push({ values: items, weights })
      if (refusal !== undefined) {
        const { id, label, adapter } = this.#options
        const error = refusedArrival(refusal, { what: `what ${label} yielded cannot be read`, adapter })
        const reason = placeAt(error, this.#options.site)
        // After it there is no way on.
        this.#link.forget(id)
        this.#end({ kind: 'throw', reason })
      }
      this.#advance()
    })
  }

  returned(encoded: EncodedValue): void {
    this.#inOrder(encoded, () => {
      if (!this.#isDropping()) this.#end(this.#decodeResult(encoded))
    })
  }

  threw(thrown: EncodedThrown): void {
    this.#inOrder(thrown, () => {
      if (!this.#isDropping()) this.#end({ kind: 'throw', reason: this.#decode(thrown) })
    })
  }

  resumed(done: boolean, encoded: EncodedValue): void {
    this.#inOrder(encoded, () => {
      const result = this.#decodeResult(encoded)
      if (done) this.#finish()
      if (result.kind === 'return') this.#fulfillFirst({ value: result.value, done })
      else this.#rejectFirst(result.reason)
      this.#advance()
    })
  }

  resumedThrow(thrown: EncodedThrown): void {
    this.#inOrder(thrown, () => {
      const reason = this.#decode(thrown)
      this.#finish()
      this.#rejectFirst(reason)
      this.#advance()
    })
  }

  /** The loop is gone, or going. What had arrived before is delivered first. */
  fail(reason: unknown): void {
    this.#inOrder(undefined, () => this.#fail(reason))
  }

  /** It is not wanted any more: the next step throws `reason`, whatever has arrived. */
  abort(reason: unknown): void {
    this.#batches.length = 0
    this.#arrivals.length = 0
    this.#fail(reason)
  }

  #fail(reason: unknown): void {
    if (!this.#isDropping()) {
      this.#end({ kind: 'throw', reason })
      return
    }
    this.#finish()
    this.#rejectFirst(reason)
    this.#advance()
  }

  /** A `decode` is code of the user's and runs after the look at the channels; what comes behind it waits for it. */
  #inOrder(encoded: EncodedValue | undefined, take: () => void): void {
    const runsCode = encoded !== undefined && runsDecode(encoded)
    if (!runsCode && this.#arrivals.length === 0 && !this.#decoding) {
      take()
      return
    }
    this.#arrivals.push(take)
    afterDispatch(() => this.#takeArrivals())
  }

  #takeArrivals(): void {
    // A decode has blocked, and more has arrived meanwhile.
    if (this.#decoding) return
    this.#decoding = true
    try {
      for (let take = this.#arrivals.shift(); take !== undefined; take = this.#arrivals.shift()) take()
    } finally {
      this.#decoding = false
    }
  }

  /** More may come, and its end with it, although nobody asks for a step. */
  get runsAhead(): boolean {
    if (!this.#pulled || this.#finished || this.#ending !== undefined) return false
    let room = this.#options.readAhead - this.#consumed
    let position = this.#position
    for (const { values, weights } of this.#batches) {
      for (; position < values.length; position++) room -= weights?.[position] ?? 1
      position = 0
    }
    return room > 0
  }

  #end(ending: Ending): void {
    if (this.#ending !== undefined || this.#finished) return
    this.#ending = ending
    this.#link.ended(this.#options.id)
    this.#advance()
  }

  #finish(): void {
    this.#finished = true
    this.#batches.length = 0
    this.#link.ended(this.#options.id)
  }

  #isDropping(): boolean {
    return this.#steps[0]?.underWay === true
  }

  /** Gives the steps in the queue what is there for them, in order. */
  #advance(): void {
    for (let step = this.#steps[0]; step !== undefined && !step.underWay; step = this.#steps[0]) {
      if (step.promised) this.#awaitValue(step)
      else if (this.#finished) this.#settleFinished(step)
      else if (step.method === 'next' && this.#batches.length > 0)
        this.#fulfillFirst({ value: this.#take(), done: false })
      else if (this.#ending !== undefined) this.#settleEnding(step, this.#ending)
      else if (step.method === 'next' && this.#options.readAhead > 0) {
        this.#pull()
        break
      } else this.#send(step)
    }
  }

  /** A rejection is thrown into the generator. */
  #awaitValue(step: Step): void {
    const proceed = (method: StepMethod, value: unknown): void => {
      step.method = method
      step.value = value
      this.#prepare(step)
      step.underWay = false
      this.#advance()
    }
    step.promised = false
    step.underWay = true
    Promise.resolve(step.value).then(
      (value) => proceed('return', value),
      (reason: unknown) => proceed('throw', reason),
    )
  }

  /** The first time, the whole of the read-ahead; from then on what was consumed is granted again, in `#take`. */
  #pull(): void {
    if (this.#pulled) return
    this.#pulled = true
    this.#consumed = 0
    this.#link.send({ kind: 'pull', id: this.#options.id, count: this.#options.readAhead })
  }

  #send(step: Step): void {
    try {
      const { resumption } = step
      if (resumption === undefined) throw new Error('the step has not been prepared')
      if ('refusal' in resumption) throw resumption.refusal
      this.#link.send(resumption.envelope)
    } catch (cause) {
      // The generator is where it was.
      const { label, adapter } = this.#options
      const why = explainRefusal(step.value, 'value', cause)
      const options = { adapter, ...causeOfRefusal(cause) }
      this.#rejectFirst(new SerializationError(`${label} was not resumed: ${why}`, options))
      return
    }
    step.underWay = true
    this.#batches.length = 0
    this.#position = 0
    this.#pulled = false
  }

  #prepare(step: Step): void {
    const { id, readAhead } = this.#options
    const { method, value } = step
    // It is never sent.
    if (method === 'next' && readAhead > 0) return
    try {
      const content =
        method === 'throw'
          ? { method, thrown: this.#link.handover.encodeThrown(value) }
          : { method, ...this.#link.handover.encode(value, 'value') }
      step.resumption = { envelope: { kind: 'resume', id, ...content } }
    } catch (refusal) {
      step.resumption = { refusal }
    }
  }

  #take(): unknown {
    const [batch] = this.#batches
    const { values = [], weights } = batch ?? {}
    const position = this.#position++
    if (this.#position === values.length) {
      this.#batches.shift()
      this.#position = 0
    }
    this.#consumed += weights?.[position] ?? 1
    this.#grant()
    return values[position]
  }

  /** Not with every item, and before the loop has used up the rest. */
  #grant(): void {
    const { id, readAhead } = this.#options
    if (this.#consumed * 2 < readAhead || !this.#pulled || this.#ending !== undefined) return
    this.#link.send({ kind: 'pull', id, count: this.#consumed })
    this.#consumed = 0
  }

  #settleEnding(step: Step, ending: Ending): void {
    this.#finished = true
    this.#batches.length = 0
    // It came to its end while it ran ahead of whoever asks for something else now.
    if (step.method !== 'next') this.#settleFinished(step)
    else if (ending.kind === 'return') this.#fulfillFirst({ value: ending.value, done: true })
    else this.#rejectFirst(ending.reason)
  }

  /** As a generator that has come to its end does. */
  #settleFinished({ method, value }: Step): void {
    if (method === 'throw') this.#rejectFirst(value)
    else this.#fulfillFirst({ value: method === 'return' ? value : undefined, done: true })
  }

  #fulfillFirst(value: StepResult): void {
    this.#settleFirst({ state: 'fulfilled', value })
  }

  #rejectFirst(reason: unknown): void {
    this.#settleFirst({ state: 'rejected', reason })
  }

  #settleFirst(outcome: Outcome): void {
    const step = this.#steps.shift()
    if (step === undefined) return
    settle(step.future, outcome)
    step.settled()
  }

  #remove(step: Step): void {
    // One that was sent keeps its place until its answer has come.
    if (step.underWay || !this.#steps.includes(step)) return
    this.#steps.splice(this.#steps.indexOf(step), 1)
    step.settled()
  }

  #decodeResult(encoded: EncodedValue): Ending {
    const { label, adapter, site } = this.#options
    try {
      const what = `what ${label} gave cannot be read`
      return { kind: 'return', value: decodeArrived(encoded, { name: 'result', at, what, adapter }) }
    } catch (error) {
      return { kind: 'throw', reason: error instanceof SerializationError ? placeAt(error, site) : error }
    }
  }

  #decode(thrown: EncodedThrown): unknown {
    const reason = decodeThrown(thrown)
    addFrames(reason, this.#options.site, this.#link.handover)
    return reason
  }
}
