import {
  AbortError,
  type AmbisyncError,
  LoopExitError,
  LoopStartError,
  TimeoutError,
  UnknownCallError,
} from '@ambisync/core'
import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { adapterName } from './adapter-name.ts'
import { errorToText, isAnswer, isStored, whichThrown } from './answer.ts'
import { attachModule } from './attach.ts'
import type { Received, SentCall, SentCancel } from './caller-codec.ts'
import { cancelJob } from './cancel-job.ts'
import { givenUp } from './cancellation.ts'
import type { JobListener } from './event-reader.ts'
import { type JobData, notACall } from './job-data.ts'
import { type JobRecord, readJobs } from './job-record.ts'
import { answerKey } from './keys.ts'
import { PendingCall } from './pending-call.ts'
import type { RedisClock } from './redis-clock.ts'
import { refusalOf } from './refusal.ts'
import type { CallerStart } from './start.ts'

/** How many jobs are on their way into the queue at the same time at most: events have to be read in between. */
const mostAtOnce = 256

/** How many jobs are looked at at a time. */
const mostLookedAt = 1_000

/** By how much two clocks may differ that go by the one of Redis, in milliseconds. */
const clocksDiffer = 250

/** The calls of a loop that are not settled: makes jobs of them, and settles them by what comes of those. */
export class QueuedCalls implements JobListener {
  readonly #start: CallerStart
  readonly #redis: Redis
  readonly #queue: Queue
  readonly #clock: RedisClock
  readonly #post: (received: Received) => void
  readonly #calls = new Map<number, PendingCall>()
  /** Calls of one id share a job. */
  readonly #byJob = new Map<string, Set<PendingCall>>()
  /** Those that are to be added, in order, each with what tells that it is out. */
  readonly #toAdd: { readonly call: PendingCall; readonly out: () => void }[] = []
  #adding = 0
  /** Cancellations under way, by job: what asks for the same id after one comes after it. */
  readonly #cancelling = new Map<string, Promise<void>>()

  constructor(start: CallerStart, redis: Redis, queue: Queue, clock: RedisClock, post: (received: Received) => void) {
    this.#start = start
    this.#redis = redis
    this.#queue = queue
    this.#clock = clock
    this.#post = post
  }

  get size(): number {
    return this.#calls.size
  }

  /** Resolves when the job is in the queue, or was refused. */
  add(sent: SentCall, module: string): Promise<void> {
    const { timeout } = sent
    const expires = timeout === undefined ? undefined : Math.ceil(this.#clock.now() + timeout)
    const call = new PendingCall(sent, module, { isAttached: module === attachModule, expires })
    const others = this.#byJob.get(call.jobId) ?? new Set()
    this.#calls.set(call.id, call)
    this.#byJob.set(call.jobId, others.add(call))
    if (call.isAttached) void this.#attach(call, others)
    else this.#queueUp(call)
    return call.added
  }

  /** Resolves when whoever has the job was told, as far as that can be. */
  async cancel({ id, reason }: SentCancel): Promise<void> {
    const call = this.#calls.get(id)
    if (call !== undefined) {
      const { jobId, added } = call
      const isInQueue = call.state !== 'queued'
      this.#forget(call)
      // Unless others on this loop still want it.
      if (isInQueue && !this.#byJob.has(jobId)) {
        const before = this.#cancelling.get(jobId)
        const cancelling = (async () => {
          await before
          await added
          // What cannot be told stays as it is: the call goes on, and nobody waits for it.
          await cancelJob(this.#redis, this.#queue, this.#start.location, jobId, reason).catch(() => {})
        })()
        this.#cancelling.set(jobId, cancelling)
        await cancelling
        if (this.#cancelling.get(jobId) === cancelling) this.#cancelling.delete(jobId)
      }
    }
    this.#post({ kind: 'cancelled', id })
  }

  /** Resolves when what was cancelled until now is. */
  async whenCancelled(): Promise<void> {
    await Promise.all(this.#cancelling.values())
  }

  /** Looks at the jobs of which nothing was heard since then, on the monotonic clock; at all of them where it is left out. */
  async look(since: number = Number.POSITIVE_INFINITY): Promise<void> {
    const due = [...this.#calls.values()].filter(({ state, lookedAt }) => state === 'added' && lookedAt < since)
    for (let from = 0; from < due.length; from += mostLookedAt) await this.#lookAt(due.slice(from, from + mostLookedAt))
  }

  /** Redis may have lost jobs. */
  doubt(): void {
    for (const call of this.#calls.values()) call.maybeLost = true
  }

  onCompleted(jobId: string, returned: unknown): void {
    this.#eachOf(jobId, (call) => void this.#completed(call, returned))
  }

  onFailed(jobId: string, reason: string): void {
    this.#eachOf(jobId, (call) => void this.#failed(call, reason))
  }

  onRemoved(jobId: string): void {
    for (const call of this.#byJob.get(jobId) ?? []) {
      // There may be another one of its id by now.
      if (call.state !== 'added') continue
      call.wasRemoved = true
      void this.#lookAt([call])
    }
  }

  onGap(): void {
    void this.look()
  }

  #eachOf(jobId: string, settle: (call: PendingCall) => void): void {
    for (const call of this.#byJob.get(jobId) ?? []) {
      if (call.isVerified) {
        settle(call)
        continue
      }
      // The look may find that the job has gone with its end.
      call.heard = () => settle(call)
      if (call.state === 'added') void this.#lookAt([call])
    }
  }

  /** The job may be one of this loop's own that is still on its way. */
  async #attach(call: PendingCall, others: Iterable<PendingCall>): Promise<void> {
    await Promise.all([...others].map(({ added }) => added))
    await this.#lookAt([call])
  }

  #queueUp(call: PendingCall): void {
    call.state = 'queued'
    call.added = new Promise((out) => {
      this.#toAdd.push({ call, out })
    })
    this.#addWaiting()
  }

  #addWaiting(): void {
    while (this.#adding < mostAtOnce) {
      const next = this.#toAdd.shift()
      if (next === undefined) return
      this.#adding++
      void this.#add(next.call).then(() => {
        this.#adding--
        next.out()
        this.#addWaiting()
      })
    }
  }

  async #add(call: PendingCall): Promise<void> {
    const { module, expires, jobId, sent, jobName } = call
    // One of the same id was given up just before.
    await this.#cancelling.get(jobId)
    // Cancelled while it waited for its turn.
    if (call.state === 'over') return
    call.state = 'adding'
    const data: JobData = { module, export: sent.name, ...(expires !== undefined && { expires }), ...sent.arguments }
    try {
      await this.#queue.add(jobName, data, { jobId, ...this.#start.policy })
    } catch (cause) {
      this.#fail(call, refusalOf(`${sent.name} was not called`, cause, this.#start.location.connection))
      return
    }
    // Settled meanwhile, by an event.
    if (call.state !== 'adding') return
    call.state = 'added'
    // There may have been one of its id, which tells nothing any more.
    if (sent.keyIsGiven) await this.#lookAt([call])
  }

  #addAgain(call: PendingCall): void {
    if (call.state === 'over') return
    call.wasAddedAgain = true
    call.isVerified = !call.sent.keyIsGiven
    call.heard = undefined
    call.maybeLost = false
    call.wasMissing = false
    call.wasRemoved = false
    this.#queueUp(call)
  }

  async #lookAt(calls: readonly PendingCall[]): Promise<void> {
    const time = performance.now()
    for (const call of calls) call.lookedAt = time
    const { location } = this.#start
    const ids = calls.map(({ jobId }) => jobId)
    const records = await readJobs(this.#redis, location, ids)
    for (const [index, call] of calls.entries()) {
      const record = records[index]
      // What could not be read is looked at again, unless Redis will not have it.
      if (call.state !== 'added' || record === undefined) continue
      if (!(record instanceof Error)) this.#found(call, record)
      else if (call.isAttached && record.name === 'ReplyError')
        this.#fail(call, refusalOf('the call was not looked for', record, location.connection))
    }
  }

  #found(call: PendingCall, record: JobRecord): void {
    if (record.state === 'missing') {
      this.#missing(call)
      return
    }
    call.maybeLost = false
    call.wasMissing = false
    call.wasRemoved = false
    if (!call.isAttached && record.name !== call.jobName) {
      this.#fail(call, ofAnother(call, record.name))
      return
    }
    call.isVerified = true
    if (record.state === 'completed') void this.#completed(call, JSON.parse(record.returned))
    else if (record.state === 'failed') void this.#failed(call, record.reason)
  }

  #missing(call: PendingCall): void {
    const { sent, isAttached, maybeLost, wasMissing, wasRemoved, isVerified, wasAddedAgain, heard } = call
    if (isAttached) this.#fail(call, this.#unknown(call))
    // There was one of its id, which has gone since: it was given up, as a rule.
    else if (maybeLost || !(isVerified || wasAddedAgain)) this.#addAgain(call)
    else if (heard !== undefined) {
      // It was of this function, when somebody looked before.
      call.heard = undefined
      heard()
    } else if (wasRemoved) this.#fail(call, cancelledByOthers(call))
    else if (wasMissing)
      this.#fail(call, new UnknownCallError(`the job of ${sent.name} is gone from Redis: ${whyGone}`, about))
    // It may have come to its end, and been let go of, and the event that says so be on its way.
    else call.wasMissing = true
  }

  async #completed(call: PendingCall, returned: unknown): Promise<void> {
    if (!isAnswer(returned)) {
      const message = `the job of ${call.sent.name} is not a call of this library: somebody else has made, or ended it`
      this.#fail(call, new UnknownCallError(message, about))
      return
    }
    if (!isStored(returned)) {
      this.#settle(call, { kind: 'return', id: call.id, returned })
      return
    }
    const found = await this.#answerOf(call, returned.stored)
    if (found !== undefined) this.#settle(call, { kind: 'return', id: call.id, returned: JSON.parse(found) })
    else await this.#expired(call)
  }

  async #failed(call: PendingCall, reason: string): Promise<void> {
    if (reason.startsWith(givenUp)) {
      this.#givenUp(call)
      return
    }
    const thrown = await this.#answerOf(call, whichThrown(reason))
    const byItself = failureOfQueue(call, reason)
    if (thrown !== undefined) this.#settle(call, { kind: 'throw', id: call.id, thrown })
    else if (byItself !== undefined) this.#fail(call, byItself)
    else await this.#expired(call)
  }

  /** What came of it is not known any more, although the job is still there: it goes when another one ends. */
  async #expired(call: PendingCall): Promise<void> {
    if (!call.isAttached && call.sent.keyIsGiven && call.state === 'added') {
      await this.#queue.remove(call.jobId).catch(() => {})
      this.#addAgain(call)
    } else {
      this.#fail(call, this.#unknown(call))
    }
  }

  /** Its job has no result: somebody else has given it up, or the time of this very call is up. */
  #givenUp(call: PendingCall): void {
    const { sent, expires, isAttached } = call
    if (expires !== undefined && this.#clock.now() > expires - clocksDiffer) {
      const message = `${sent.name} did not finish within ${sent.timeout} ms and was cancelled`
      this.#fail(call, new TimeoutError(message, about))
    } else if (isAttached || !sent.keyIsGiven) {
      this.#fail(call, cancelledByOthers(call))
    } else {
      // It runs anew for who has asked for it by its id.
      this.#addAgain(call)
    }
  }

  /** Waits while there is no connection. */
  async #answerOf({ jobId }: PendingCall, which: string): Promise<string | undefined> {
    const text = await this.#redis.get(answerKey(this.#start.location, jobId, which)).catch(() => null)
    return text ?? undefined
  }

  #unknown({ sent, isAttached }: PendingCall): UnknownCallError {
    const { queue } = this.#start.location
    const message = isAttached
      ? `no call has the id "${sent.key}" on the queue "${queue}", or its result has expired`
      : `the result of ${sent.name} has expired`
    return new UnknownCallError(message, about)
  }

  #fail(call: PendingCall, error: Error): void {
    this.#settle(call, { kind: 'throw', id: call.id, thrown: errorToText(error) })
  }

  #settle(call: PendingCall, received: Received): void {
    if (call.state === 'over') return
    this.#forget(call)
    this.#post(received)
  }

  #forget(call: PendingCall): void {
    call.state = 'over'
    this.#calls.delete(call.id)
    const ofJob = this.#byJob.get(call.jobId)
    ofJob?.delete(call)
    if (ofJob?.size === 0) this.#byJob.delete(call.jobId)
  }
}

const about = { adapter: adapterName }

const whyGone = 'somebody has removed it, or its maxmemory-policy is not noeviction'

function cancelledByOthers({ sent }: PendingCall): AbortError {
  return new AbortError(`${sent.name} was cancelled by somebody else, or its job removed from the queue`, about)
}

function ofAnother({ sent, jobName }: PendingCall, name: string): TypeError {
  const advice = 'an id is of one call: give another one'
  return new TypeError(`the id "${sent.key}" is that of a call of ${name}, and not of ${jobName}; ${advice}`)
}

/** Failures that BullMQ itself has found, or a server where there was no call. */
function failureOfQueue({ sent }: PendingCall, reason: string): AmbisyncError | undefined {
  if (reason.includes('stalled')) {
    const message = `the servers that ran ${sent.name} ended, one after another, before its result (${reason})`
    return new LoopExitError(message, about)
  }
  if (!reason.startsWith(notACall)) return undefined
  return new LoopStartError(`${sent.name} was not run: ${reason}`, about)
}
