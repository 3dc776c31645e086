import { promiseOf } from './future.ts'
import type { StreamReader } from './stream-reader.ts'
import type { StepMethod, StepResult } from './stream-step.ts'

/**
 * What a task's generator is to its caller: an async generator, and, where it is iterated over by a plain `for`, a
 * generator that blocks. One step at a time: both take from the same one.
 */
export interface Stream<Y, R = unknown, N = unknown> extends AsyncGenerator<Y, R, N> {
  [Symbol.iterator](): Generator<Y, R, N>
}

/** The object that a user has may be forgotten half-way through; then the generator on the loop is of no use. */
const forgotten = new FinalizationRegistry((reader: StreamReader) => reader.forget())

let readerOf: (stream: RemoteStream) => StreamReader

/** See {@link Stream}. */
export class RemoteStream {
  readonly #reader: StreamReader

  constructor(reader: StreamReader) {
    this.#reader = reader
    forgotten.register(this, reader)
  }

  async next(value?: unknown): Promise<StepResult> {
    return (value === undefined && this.#reader.takeNow()) || (await this.#step('next', value))
  }

  async return(value?: unknown): Promise<StepResult> {
    return await this.#step('return', value)
  }

  async throw(reason: unknown): Promise<StepResult> {
    return await this.#step('throw', reason)
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

  #step(method: StepMethod, value: unknown): Promise<StepResult> {
    return promiseOf(this.#reader.begin(method, value, false))
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

  next(value?: unknown): StepResult {
    return (value === undefined && readerOf(this.#stream).takeNow()) || this.#step('next', value)
  }

  return(value?: unknown): StepResult {
    return this.#step('return', value)
  }

  throw(reason: unknown): StepResult {
    return this.#step('throw', reason)
  }

  [Symbol.dispose](): void {
    this.return()
  }

  get [Symbol.toStringTag](): string {
    return 'Generator'
  }

  #step(method: StepMethod, value: unknown): StepResult {
    const future = readerOf(this.#stream).begin(method, value, true)
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
