import { appendFrames, type CallSite } from './call-site.ts'
import { SerializationError } from './errors.ts'
import { Future, type FutureSource, promiseOf, settle } from './future.ts'
import { isPromiseLike } from './is-promise-like.ts'
import { optional } from './optional.ts'
import type { EncodedThrown, Pull, Resume } from './protocol.ts'
import { weightOf } from './read-ahead.ts'
import { findSpecials } from './special-values.ts'
import { decodeThrown, postThrown } from './thrown.ts'
import { explainRefusal } from './values.ts'
import type { Source } from './waiter.ts'

/*
 * The caller's end of a generator that runs on a loop.
 *
 * What the user calls on it (`next`, `return`, `throw`) are steps, and they stand in a queue, as with a local
 * AsyncGenerator. With read-ahead a `next` takes what has arrived; the loop is told when there is room for more. Every
 * other step is sent and answered by itself, and from then until the answer what the generator had run ahead to is
 * dropped: the channel keeps the order, so what comes before the answer is from before the step.
 */

/**
 * What a task's generator is to its caller: an async generator, and, where it is iterated over by a plain `for`, a
 * generator that blocks. One step at a time: both take from the same one.
 */
export interface Stream<Y, R = unknown, N = unknown> extends AsyncGenerator<Y, R, N> {
  [Symbol.iterator](): Generator<Y, R, N>
}

/** What a stream needs of the client that it came by. */
export interface StreamLink {
  send(envelope: Pull | Resume): void
  awaits(): Source | undefined
  whyStuck(label: string): string | undefined
  hold(): void
  release(): void
  stepBegan(): void
  stepSettled(): void
  /** The generator has come to its end, and nothing of it will come any more. */
  ended(id: number): void
  /** Nobody wants it any more: the loop closes it by itself. */
  abandon(id: number, reason: unknown): void
}

type Method = Resume['method']
type Result = IteratorResult<unknown, unknown>
type Ending =
  | { readonly kind: 'return'; readonly value: unknown }
  | { readonly kind: 'throw'; readonly reason: unknown }

/** A step that has no result yet. */
class Step implements FutureSource {
  readonly label: string
  readonly method: Method
  readonly value: unknown
  readonly future: Future<Result> = new Future<Result>(this)
  readonly #link: StreamLink
  readonly #leave: (step: Step) => void
  #held = false
  /** Its answer is on its way, and what arrives before that is not wanted. */
  sent = false

  constructor(label: string, method: Method, value: unknown, link: StreamLink, leave: (step: Step) => void) {
    this.label = label
    this.method = method
    this.value = value
    this.#link = link
    this.#leave = leave
    link.stepBegan()
  }

  awaits(): Source | undefined {
    return this.#link.awaits()
  }

  whyStuck(): string | undefined {
    return this.#link.whyStuck(this.label)
  }

  hold(): void {
    this.#held = true
    this.#link.hold()
  }

  /** A blocking step that could never have ended: what comes is for the next one. */
  abandon(): void {
    this.#leave(this)
  }

  settled(): void {
    if (this.#held) this.#link.release()
    this.#held = false
    this.#link.stepSettled()
  }
}

export interface StreamOptions {
  readonly id: number
  readonly label: string
  /** In the units of `read-ahead.ts`; 0 for one step at a time. */
  readonly readAhead: number
  readonly site: CallSite
}

/** One generator on a loop, as its caller knows it. */
export class StreamReader {
  readonly label: string
  readonly #id: number
  readonly #readAhead: number
  readonly #site: CallSite
  readonly #link: StreamLink
  /** Batches as they came, and the position of the next item in the first of them. */
  readonly #batches: (readonly unknown[])[] = []
  #position = 0
  readonly #steps: Step[] = []
  /** Consumed, and not granted again yet. */
  #consumed = 0
  /** The loop was told that the generator may run ahead. */
  #pulled = false
  /** Comes after what is in the batches. */
  #ending: Ending | undefined
  #finished = false

  constructor({ id, label, readAhead, site }: StreamOptions, link: StreamLink) {
    this.#id = id
    this.label = label
    this.#readAhead = readAhead
    this.#site = site
    this.#link = link
  }

  /** The item that `next` would give at once, in its result; undefined if a step is needed. */
  takeNow(): Result | undefined {
    if (this.#steps.length > 0 || this.#batches.length === 0 || this.#readAhead === 0) return undefined
    return { value: this.#take(), done: false }
  }

  /** @throws {TypeError} for a value given to `next` where the generator may have run past the place for it */
  begin(method: Method, value: unknown): Future<Result> {
    if (method === 'next' && value !== undefined && this.#readAhead > 0) {
      const remedy = 'take the stream by .with({ readAhead: 0 }), which has it wait for each next'
      throw new TypeError(`${this.label}: next() cannot carry a value while the generator may run ahead; ${remedy}`)
    }
    const step = new Step(this.label, method, value, this.#link, (left) => this.#remove(left))
    this.#steps.push(step)
    this.#advance()
    return step.future
  }

  /** Nobody can ask for more: the object that the user had is gone. */
  close(): void {
    if (this.#finished || this.#ending !== undefined) return
    this.#finished = true
    this.#batches.length = 0
    this.#link.abandon(this.#id, new Error('nobody iterates over it any more'))
  }

  receive(values: readonly unknown[]): void {
    if (this.#isDropping() || this.#finished || values.length === 0) return
    this.#batches.push(values)
    this.#advance()
  }

  returned(value: unknown): void {
    if (this.#isDropping()) return
    this.#end({ kind: 'return', value })
  }

  threw(thrown: EncodedThrown): void {
    if (this.#isDropping()) return
    const reason = decodeThrown(thrown)
    appendFrames(reason, this.#site)
    this.#end({ kind: 'throw', reason })
  }

  resumed(done: boolean, value: unknown): void {
    if (done) {
      this.#finished = true
      this.#link.ended(this.#id)
    }
    this.#settleFirst({ value, done })
    this.#advance()
  }

  resumedThrow(thrown: EncodedThrown): void {
    const reason = decodeThrown(thrown)
    appendFrames(reason, this.#site)
    this.#finished = true
    this.#link.ended(this.#id)
    this.#rejectFirst(reason)
    this.#advance()
  }

  /** The loop is gone, or going. What had arrived before is delivered first. */
  fail(reason: unknown): void {
    if (this.#isDropping()) {
      this.#finished = true
      this.#rejectFirst(reason)
      this.#advance()
    } else {
      this.#end({ kind: 'throw', reason })
    }
  }

  /** It is not wanted any more: the next step throws `reason`, whatever has arrived. */
  abort(reason: unknown): void {
    this.#batches.length = 0
    this.fail(reason)
  }

  get isFinished(): boolean {
    return this.#finished || this.#ending !== undefined
  }

  #end(ending: Ending): void {
    if (this.#ending !== undefined || this.#finished) return
    this.#ending = ending
    this.#link.ended(this.#id)
    this.#advance()
  }

  #isDropping(): boolean {
    return this.#steps[0]?.sent === true
  }

  /** Gives the steps in the queue what is there for them, in order. */
  #advance(): void {
    for (let step = this.#steps[0]; step !== undefined && !step.sent; step = this.#steps[0]) {
      if (this.#finished) this.#settleFinished(step)
      else if (step.method === 'next' && this.#batches.length > 0)
        this.#settleFirst({ value: this.#take(), done: false })
      else if (this.#ending !== undefined) this.#settleEnding(step, this.#ending)
      else if (step.method === 'next' && this.#readAhead > 0) {
        this.#pull()
        break
      } else this.#send(step)
    }
  }

  /** The first time, the whole of the read-ahead; from then on what was consumed is granted again, in `#take`. */
  #pull(): void {
    if (this.#pulled) return
    this.#pulled = true
    this.#consumed = 0
    this.#link.send({ kind: 'pull', id: this.#id, count: this.#readAhead })
  }

  #send(step: Step): void {
    const id = this.#id
    const { method, value } = step
    step.sent = true
    this.#batches.length = 0
    this.#position = 0
    this.#pulled = false
    if (method === 'throw') {
      postThrown(value, (thrown) => this.#link.send({ kind: 'resume', id, method, thrown }))
      return
    }
    try {
      const specials = findSpecials(value, 'value')
      this.#link.send({ kind: 'resume', id, method, value, ...optional('specials', specials) })
    } catch (cause) {
      // The generator is where it was.
      const why = explainRefusal(value, 'value', cause)
      this.#rejectFirst(new SerializationError(`${this.label} was not resumed: ${why}`, { cause }))
    }
  }

  #take(): unknown {
    const [batch = []] = this.#batches
    const item = batch[this.#position++]
    if (this.#position === batch.length) {
      this.#batches.shift()
      this.#position = 0
    }
    this.#consumed += weightOf(item)
    // Not with every item, and before the loop has used up the rest.
    if (this.#consumed * 2 >= this.#readAhead && this.#pulled && this.#ending === undefined) {
      this.#link.send({ kind: 'pull', id: this.#id, count: this.#consumed })
      this.#consumed = 0
    }
    return item
  }

  #settleEnding(step: Step, ending: Ending): void {
    this.#finished = true
    this.#batches.length = 0
    // It came to its end while it ran ahead of whoever asks for something else now.
    if (step.method !== 'next') this.#settleFinished(step)
    else if (ending.kind === 'return') this.#settleFirst({ value: ending.value, done: true })
    else this.#rejectFirst(ending.reason)
  }

  /** As a generator that has come to its end does. */
  #settleFinished({ method, value }: Step): void {
    if (method === 'throw') this.#rejectFirst(value)
    else this.#settleFirst({ value: method === 'return' ? value : undefined, done: true })
  }

  #settleFirst(value: Result): void {
    const step = this.#steps.shift()
    if (step === undefined) return
    settle(step.future, { state: 'fulfilled', value })
    step.settled()
  }

  #rejectFirst(reason: unknown): void {
    const step = this.#steps.shift()
    if (step === undefined) return
    settle(step.future, { state: 'rejected', reason })
    step.settled()
  }

  #remove(step: Step): void {
    // One that was sent keeps its place until its answer has come.
    if (step.sent || !this.#steps.includes(step)) return
    this.#steps.splice(this.#steps.indexOf(step), 1)
    step.settled()
  }
}

/** The object that a user has may be forgotten half-way through; then the generator on the loop is of no use. */
const forgotten = new FinalizationRegistry((reader: StreamReader) => reader.close())

type Sent = readonly [] | readonly [unknown]

let readerOf: (stream: RemoteStream) => StreamReader

/** See {@link Stream}. */
export class RemoteStream {
  readonly #reader: StreamReader

  constructor(reader: StreamReader) {
    this.#reader = reader
    forgotten.register(this, reader)
  }

  async next(...[value]: Sent): Promise<Result> {
    const reader = this.#reader
    return (value === undefined && reader.takeNow()) || (await promiseOf(reader.begin('next', value)))
  }

  async return(value?: unknown): Promise<Result> {
    const given = isPromiseLike(value) ? await value : value
    return await promiseOf(this.#reader.begin('return', given))
  }

  async throw(reason: unknown): Promise<Result> {
    return await promiseOf(this.#reader.begin('throw', reason))
  }

  [Symbol.iterator](): BlockingGenerator {
    return new BlockingGenerator(this)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  get [Symbol.toStringTag](): string {
    return 'AsyncGenerator'
  }

  static {
    readerOf = (stream) => stream.#reader
  }
}

/** A stream as a `Generator`: each step blocks. */
class BlockingGenerator {
  /** Not its reader, or the stream could be forgotten before this is. */
  readonly #stream: RemoteStream

  constructor(stream: RemoteStream) {
    this.#stream = stream
  }

  next(...[value]: Sent): Result {
    return (value === undefined && readerOf(this.#stream).takeNow()) || this.#block('next', value)
  }

  return(value?: unknown): Result {
    return this.#block('return', value)
  }

  throw(reason: unknown): Result {
    return this.#block('throw', reason)
  }

  [Symbol.dispose](): void {
    this.return()
  }

  get [Symbol.toStringTag](): string {
    return 'Generator'
  }

  #block(method: Method, value: unknown): Result {
    const future = readerOf(this.#stream).begin(method, value)
    try {
      return future.result()
    } finally {
      // A deadlock: the step must not take what a later one asks for.
      future.cancel()
    }
  }
}

// The iterators of the language have more than this: `Symbol.asyncIterator`, and helpers such as `map` where there are some.
Object.setPrototypeOf(
  RemoteStream.prototype,
  languagePrototype(async function* () {
    yield undefined
  }),
)
Object.setPrototypeOf(
  BlockingGenerator.prototype,
  languagePrototype(function* () {
    yield undefined
  }),
)

/** %AsyncIteratorPrototype% or %IteratorPrototype%, which have no other name on every runtime. */
function languagePrototype(generatorFunction: { readonly prototype: object }): object {
  return Object.getPrototypeOf(Object.getPrototypeOf(generatorFunction.prototype))
}
