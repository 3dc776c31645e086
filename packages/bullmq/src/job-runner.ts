import { randomUUID } from 'node:crypto'
import {
  AbortError,
  type Future,
  type Loop,
  LoopExitError,
  LoopStartError,
  SerializationError,
  TimeoutError,
} from '@ambisync/core'
import { decodeThrown, type EncodedThrown, type ForwardedOutcome, forward } from '@ambisync/core/adapter'
import { preview } from '@ambisync/core/options'
import { type Job, UnrecoverableError, WaitingError } from 'bullmq'
import type { Redis } from 'ioredis'
import { adapterName } from './adapter-name.ts'
import {
  encodeReturned,
  errorToText,
  type Returned,
  type Stored,
  thrownFromText,
  thrownToText,
  whichThrown,
} from './answer.ts'
import { type Cancellation, givenUp } from './cancellation.ts'
import { decodeArguments, isJobData, type JobData, notACall } from './job-data.ts'
import { idOf } from './job-id.ts'
import { answerKey, cancelledKey } from './keys.ts'
import type { RedisClock } from './redis-clock.ts'
import type { CheckedServeOptions } from './serve-options.ts'

/** The longest result that stands in its job, and so in the stream of events, in characters. */
const longestInJob = 16 * 1_024

/** The most of what an error says that BullMQ is told, which stands in the stream of events as well, in characters. */
const longestReason = 2_000

/** How long a cancellation is remembered here of a call that has not begun, in milliseconds. */
const rememberFor = 60_000

/** How long an answer that has a key of its own is kept at least, in seconds. */
const keptAtLeast = 60
/** Where jobs are kept by their number. */
const keptByNumber = 3_600

/** A job that runs. */
interface Run {
  /** When it was made. */
  readonly timestamp: number
  result: Promise<Returned | Stored>
  /** Its call on the loop. */
  future: Future<ForwardedOutcome> | undefined
}

/**
 * Runs the jobs of a queue on a loop of this process, and cancels those that run.
 *
 * Neither arguments nor results are decoded here: they go through as they are.
 */
export class JobRunner {
  readonly #options: CheckedServeOptions
  readonly #redis: Redis
  readonly #clock: RedisClock
  readonly #loop: Loop
  readonly #runs = new Map<string, Run>()
  /** Jobs that were cancelled before they have begun here: BullMQ had given them to this server by then. */
  readonly #cancelled = new Map<string, Cancellation>()
  #isClosing = false

  constructor(options: CheckedServeOptions, redis: Redis, clock: RedisClock, loop: Loop) {
    this.#options = options
    this.#redis = redis
    this.#clock = clock
    this.#loop = loop
  }

  get running(): number {
    return this.#runs.size
  }

  /**
   * Runs a job to its end. What it returns is what callers take for its result.
   *
   * @throws {Error} for BullMQ, which tries the job again as it says; callers take what has been thrown from elsewhere
   */
  async run(job: Job): Promise<Returned | Stored> {
    const { id = '', timestamp } = job
    const before = this.#runs.get(id)
    // This server was cut off for so long that the job was taken from it, and has come back to it: it runs still.
    if (before?.timestamp === timestamp) return await before.result
    const run: Run = { timestamp, result: never, future: undefined }
    this.#runs.set(id, run)
    run.result = this.#run(job, run)
    try {
      return await run.result
    } finally {
      if (this.#runs.get(id) === run) this.#runs.delete(id)
    }
  }

  async #run(job: Job, run: Run): Promise<Returned | Stored> {
    const { data } = job
    if (!isJobData(data)) throw new UnrecoverableError(`${notACall}: its data is of another form`)
    const outcome = await this.#outcome(data, job, run)
    if (outcome.kind === 'return') return await this.#returned(job, outcome, data)
    throw await this.#thrown(job, outcome.thrown, outcome.isFinal)
  }

  /** From now on what its loop is stopped for goes back to the queue, for other servers. */
  leaveToOthers(): void {
    this.#isClosing = true
  }

  /** The call of a job is no longer wanted. */
  cancel(cancellation: Cancellation): void {
    const { jobId, timestamp, reason } = cancellation
    const run = this.#runs.get(jobId)
    if (run?.timestamp === timestamp && run.future !== undefined) {
      run.future.cancel(decodeThrown(thrownFromText(reason)))
      return
    }
    this.#cancelled.set(jobId, cancellation)
    setTimeout(() => this.#cancelled.delete(jobId), rememberFor).unref()
  }

  /** Cancels what was cancelled while there was no connection to hear of it. */
  async catchUp(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((jobId) => this.#catchUpWith(jobId)))
  }

  async #catchUpWith(jobId: string): Promise<void> {
    const text = await this.#redis.get(cancelledKey(this.#options.location, jobId))
    if (text !== null) this.cancel(JSON.parse(text))
  }

  async #outcome(data: JobData, job: Job, run: Run): Promise<ForwardedOutcome & { readonly isFinal?: boolean }> {
    const { id = '' } = job
    try {
      const specifier = this.#options.modules.get(data.module)
      if (specifier === undefined) throw this.#notServed(data)
      const timeout = data.expires === undefined ? undefined : Math.ceil(data.expires - this.#clock.now())
      if (timeout !== undefined && timeout <= 0) {
        throw new TimeoutError(`${data.export} was not run: its time was up before a server had time for it`)
      }
      const call = {
        name: data.export,
        key: idOf(id),
        ...readArguments(data),
        ...(timeout !== undefined && { timeout }),
      }
      const future = forward(this.#loop, specifier, call)
      run.future = future
      const cancelled = this.#cancelled.get(id)
      this.#cancelled.delete(id)
      if (cancelled?.timestamp === job.timestamp) this.cancel(cancelled)
      // It ran before, on a server that has died, and was cancelled since.
      else if (job.attemptsStarted > 1) void this.#catchUpWith(id).catch(() => {})
      return await future
    } catch (error) {
      if (this.#isClosing) {
        await job.moveToWait(job.token)
        throw new WaitingError()
      }
      // It was beside a call that did not yield, and had its loop killed: it runs again, on the next one.
      if (error instanceof LoopExitError && error.cause instanceof TimeoutError)
        return await this.#outcome(data, job, run)
      // Not what the task threw, but what has ended it: its caller has given it up.
      const isFinal = error instanceof AbortError || error instanceof TimeoutError
      return { kind: 'throw', thrown: thrownFromText(errorToText(error)), isFinal }
    }
  }

  async #returned(
    job: Job,
    outcome: Extract<ForwardedOutcome, { kind: 'return' }>,
    data: JobData,
  ): Promise<Returned | Stored> {
    let returned: Returned
    try {
      returned = encodeReturned(outcome, this.#options.payloadLimit)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      const message = `${data.export} returned what cannot be sent to its caller: ${why}`
      const error = new SerializationError(message, { adapter: adapterName, cause })
      throw await this.#thrown(job, thrownFromText(errorToText(error)))
    }
    const text = JSON.stringify(returned)
    if (text.length <= longestInJob) return returned
    const stored = randomUUID()
    await this.#keep(job, stored, text, job.opts.removeOnComplete)
    return { stored }
  }

  /** What BullMQ is told in its place. */
  async #thrown(job: Job, thrown: EncodedThrown, isFinal = false): Promise<Error> {
    // Before it is decoded, which is done in place.
    const text = thrownToText(thrown)
    const error = decodeThrown(thrown)
    // As Redis will have it.
    const reason = (error instanceof Error ? `${error.name}: ${error.message}` : `threw ${preview(error)}`)
      .slice(0, longestReason)
      .toWellFormed()
    if (isFinal) {
      // It has no result, so its id is free.
      job.opts.removeOnFail = true
      return new UnrecoverableError(`${givenUp}${reason}`)
    }
    await this.#keep(job, whichThrown(reason), text, job.opts.removeOnFail)
    const told = new Error(reason)
    if (error instanceof Error && error.stack !== undefined) told.stack = error.stack
    return told
  }

  async #keep({ id = '' }: Job, which: string, text: string, retention: unknown): Promise<void> {
    const { age = keptByNumber } = Object(retention) as { readonly age?: number }
    await this.#redis.set(answerKey(this.#options.location, id, which), text, 'EX', Math.max(age, keptAtLeast))
  }

  #notServed({ module, export: name }: JobData): LoopStartError {
    const served = [...this.#options.modules.keys()].map((each) => `"${each}"`).join(', ')
    const message = `${name} was not called: the server has no module "${module}"; it serves ${served}`
    return new LoopStartError(message, { adapter: adapterName })
  }
}

const never: Promise<never> = new Promise(() => {})

function readArguments(data: JobData): ReturnType<typeof decodeArguments> {
  try {
    return decodeArguments(data)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const message = `the arguments of ${data.export} cannot be read by the server (${why}): run it on the caller's Node.js`
    throw new SerializationError(message, { adapter: adapterName, cause })
  }
}
