import { AbortError, LoopExitError, LoopStartError, TimeoutError, UnknownCallError } from '@ambisync/core'
import type { RelayEnd, RelayExit } from '@ambisync/node'
import { Queue, QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { adapterName } from './adapter-name.ts'
import { errorToText, isStored, type Returned, type Stored, whichThrown } from './answer.ts'
import { attachModule } from './attach.ts'
import type { Received, Sent, SentCall, SentCancel } from './caller-codec.ts'
import { type Cancellation, givenUp } from './cancellation.ts'
import { connectTo } from './connect.ts'
import { explainRefusal } from './connection.ts'
import { describeServers, explainQueue } from './explain-queue.ts'
import type { JobData } from './job-data.ts'
import { answerKey, cancelChannel, cancelledFor, cancelledKey, eventsKey, jobKey } from './keys.ts'
import { longestTimer } from './options.ts'
import { PendingCall } from './pending-call.ts'
import { RedisClock } from './redis-clock.ts'
import { refusalOf } from './refusal.ts'
import { liveServers } from './servers.ts'
import type { CallerStart } from './start.ts'

/** How many jobs are on their way into the queue at the same time at most: events have to be read in between. */
const mostAtOnce = 256

/**
 * How often jobs are looked at of which nothing was heard, in milliseconds, and how many of them at a time. Redis keeps ten
 * thousand events: a thread that was held up for long may have missed one.
 */
const lookInterval = 5_000
const mostLookedAt = 1_000

/** By how much two clocks may differ that go by the one of Redis, in milliseconds. */
const clocksDiffer = 250

/** How long it takes to end at most, in milliseconds. */
const stopLimit = 5_000

/** Runs on the relay's thread. @throws {Error} that says why there is no connection */
export async function connect(start: CallerStart): Promise<RelayEnd> {
  const { location, connectTimeout } = start
  const redis = await connectTo(location.connection, connectTimeout)
  try {
    const clock = new RedisClock()
    await clock.adjust(redis)
    // Before the first job: from there on no event is missed.
    const [last] = await redis.xrevrange(eventsKey(location), '+', '-', 'COUNT', 1)
    return new CallerEnd(start, redis, clock, last?.[0] ?? '0-0')
  } catch (cause) {
    redis.disconnect()
    throw refusalOf(`the loop "${start.name}" was not started`, cause, location.connection)
  }
}

/** The caller's end of the way to the servers of a queue: makes jobs of calls, and settles them by what comes of those. */
class CallerEnd implements RelayEnd {
  readonly #start: CallerStart
  readonly #redis: Redis
  readonly #clock: RedisClock
  readonly #queue: Queue
  readonly #events: QueueEvents
  readonly #modules = new Map<number, string>()
  readonly #calls = new Map<number, PendingCall>()
  /** Calls of one id share a job. */
  readonly #byJob = new Map<string, Set<PendingCall>>()
  /** Those that are to be added, in order, each with what tells that it is out. */
  readonly #toAdd: { readonly call: PendingCall; readonly out: () => void }[] = []
  #adding = 0
  /** Cancellations under way, by job: what asks for the same id after one comes after it. */
  readonly #cancelling = new Map<string, Promise<void>>()
  readonly #lookTimer: NodeJS.Timeout
  #outageTimer: NodeJS.Timeout | undefined
  #lostAt: number | undefined
  #lastError: unknown
  #hasWarned = false
  #over = false
  #onMessage: Parameters<RelayEnd['onMessage']>[0] = () => {}
  #onExit: Parameters<RelayEnd['onExit']>[0] = () => {}

  constructor(start: CallerStart, redis: Redis, clock: RedisClock, lastEventId: string) {
    const { queue, prefix } = start.location
    this.#start = start
    this.#redis = redis
    this.#clock = clock
    this.#queue = new Queue(queue, { connection: redis, prefix, skipVersionCheck: true })
    this.#events = new QueueEvents(queue, {
      connection: redis.duplicate(),
      prefix,
      lastEventId,
      skipVersionCheck: true,
    })
    this.#events.on('completed', ({ jobId, returnvalue }) => {
      this.#eachOf(jobId, (call) => this.#completed(call, returnvalue as unknown as Returned | Stored))
    })
    this.#events.on('failed', ({ jobId, failedReason }) =>
      this.#eachOf(jobId, (call) => this.#failed(call, failedReason)),
    )
    this.#events.on('removed', ({ jobId }) => this.#eachOf(jobId, (call) => this.#removed(call)))
    // Their connection is lost and found with the other one.
    this.#events.on('error', () => {})
    this.#queue.on('error', () => {})
    redis.on('error', (error) => {
      this.#lastError = error
    })
    redis.on('close', () => this.#disconnected())
    redis.on('ready', () => void this.#reconnected())
    this.#lookTimer = setInterval(() => void this.#lookAtOldest(), lookInterval)
  }

  onMessage(listener: Parameters<RelayEnd['onMessage']>[0]): void {
    this.#onMessage = listener
    this.#post({ kind: 'ready' })
  }

  onExit(listener: Parameters<RelayEnd['onExit']>[0]): void {
    this.#onExit = listener
  }

  send(message: unknown): void | Promise<void> {
    const sent = JSON.parse(String(message)) as Sent
    switch (sent.kind) {
      case 'load':
        this.#modules.set(sent.module, sent.specifier)
        return
      case 'call':
        return this.#call(sent)
      case 'cancel':
        return this.#cancel(sent)
      case 'stop':
        void this.#stop()
        return
    }
  }

  kill(): void {
    this.#finish({})
  }

  /** Servers are told of cancellations before it ends, where they can be. */
  async #stop(): Promise<void> {
    const limit = setTimeout(() => this.#finish({ code: 0 }), this.#lostAt === undefined ? stopLimit : 0)
    await Promise.all(this.#cancelling.values())
    clearTimeout(limit)
    this.#finish({ code: 0 })
  }

  async explain(): Promise<readonly string[]> {
    if (this.#lostAt !== undefined) {
      const lost = Math.round((performance.now() - this.#lostAt) / 1_000)
      return [`${explainRefusal(this.#lastError, this.#start.location.connection).message}; it was lost ${lost} s ago`]
    }
    try {
      // What was given up before is not counted.
      await Promise.all(this.#cancelling.values())
      return await explainQueue(this.#redis, this.#queue, this.#start.location, this.#clock)
    } catch (error) {
      return [`the queue could not be looked at: ${error instanceof Error ? error.message : String(error)}`]
    }
  }

  #call(sent: SentCall): Promise<void> | undefined {
    const module = this.#modules.get(sent.module)
    if (module === undefined) throw new Error(`call ${sent.id} came before its module ${sent.module}`)
    const { timeout } = sent
    const expires = timeout === undefined ? undefined : Math.ceil(this.#clock.now() + timeout)
    const call = new PendingCall(sent, module, { isAttached: module === attachModule, expires })
    this.#calls.set(call.id, call)
    const ofJob = this.#byJob.get(call.jobId) ?? new Set()
    this.#byJob.set(call.jobId, ofJob.add(call))
    if (call.isAttached) {
      void this.#lookAt([call])
      return undefined
    }
    return new Promise((out) => {
      this.#toAdd.push({ call, out })
      this.#addWaiting()
    })
  }

  #addWaiting(): void {
    while (this.#adding < mostAtOnce) {
      const next = this.#toAdd.shift()
      if (next === undefined) return
      this.#adding++
      next.call.added = this.#add(next.call)
      void next.call.added.then(() => {
        this.#adding--
        next.out()
        this.#addWaiting()
      })
    }
  }

  async #add(call: PendingCall): Promise<void> {
    // Cancelled while it waited for its turn.
    if (call.state === 'over') return
    call.state = 'adding'
    // One of the same id was given up just before.
    await this.#cancelling.get(call.jobId)
    const { module, expires, jobId, sent } = call
    const data: JobData = { module, export: sent.name, ...(expires !== undefined && { expires }), ...sent.arguments }
    try {
      await this.#queue.add(call.jobName, data, { jobId, ...this.#start.policy })
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

  /** What is known of jobs, of which nothing was heard. */
  async #lookAt(calls: readonly PendingCall[]): Promise<void> {
    const pipeline = this.#redis.pipeline()
    for (const call of calls) {
      call.lookedAt = performance.now()
      pipeline.hmget(jobKey(this.#start.location, call.jobId), 'name', 'finishedOn', 'returnvalue', 'failedReason')
    }
    const results = (await pipeline.exec().catch(() => undefined)) ?? []
    for (const [index, call] of calls.entries()) {
      const [error, found] = results[index] ?? []
      if (call.state !== 'added') continue
      if (!error && Array.isArray(found)) this.#found(call, found as readonly (string | null)[])
      // Its answer would be waited for in vain. What was added is looked at again.
      else if (call.isAttached)
        this.#fail(call, refusalOf('the call was not looked for', error, this.#start.location.connection))
    }
  }

  #found(
    call: PendingCall,
    [name = null, finishedOn = null, returned = null, reason = null]: readonly (string | null)[],
  ) {
    if (name === null) this.#missing(call)
    else if (!call.isAttached && name !== call.jobName) this.#fail(call, ofAnother(call, name))
    else if (finishedOn === null) return
    else if (returned === null) void this.#failed(call, reason ?? '')
    else void this.#completed(call, JSON.parse(returned))
  }

  #missing(call: PendingCall): void {
    const { sent, isAttached, maybeLost } = call
    if (maybeLost && !isAttached) {
      this.#addAgain(call)
      return
    }
    const why = isAttached
      ? `no call has the id "${sent.key}" on the queue "${this.#start.location.queue}", or its result has expired`
      : `the job of ${sent.name} is gone from Redis: somebody has removed it, or its maxmemory-policy is not noeviction`
    this.#fail(call, new UnknownCallError(why, { adapter: adapterName }))
  }

  #addAgain(call: PendingCall): void {
    if (call.state === 'over') return
    call.maybeLost = false
    call.state = 'queued'
    this.#toAdd.push({ call, out: () => {} })
    this.#addWaiting()
  }

  async #completed(call: PendingCall, returned: Returned | Stored): Promise<void> {
    if (!isStored(returned)) {
      this.#settle(call, { kind: 'return', id: call.id, returned })
      return
    }
    const found = await this.#answerOf(call, returned.stored)
    if (found !== undefined) this.#settle(call, { kind: 'return', id: call.id, returned: JSON.parse(found) })
    else this.#fail(call, new UnknownCallError(`the result of ${call.sent.name} has expired`, { adapter: adapterName }))
  }

  async #failed(call: PendingCall, reason: string): Promise<void> {
    if (reason.startsWith(givenUp)) {
      this.#givenUp(call)
      return
    }
    const thrown = await this.#answerOf(call, whichThrown(reason))
    if (thrown !== undefined) this.#settle(call, { kind: 'throw', id: call.id, thrown })
    else this.#fail(call, notByItself(call, reason))
  }

  /** Its job was given up, and has no result: by somebody else, or because the time of this very call is up. */
  #givenUp(call: PendingCall): void {
    const { sent, expires, isAttached } = call
    if (expires !== undefined && this.#clock.now() > expires - clocksDiffer) {
      const message = `${sent.name} did not finish within ${sent.timeout} ms and was cancelled`
      this.#fail(call, new TimeoutError(message, { adapter: adapterName }))
    } else if (isAttached || !sent.keyIsGiven) {
      this.#fail(call, new AbortError(`${sent.name} was cancelled by somebody else`, { adapter: adapterName }))
    } else {
      // It runs anew for who has asked for it by its id.
      this.#addAgain(call)
    }
  }

  #removed(call: PendingCall): void {
    const message = `${call.sent.name} was cancelled by somebody else: its job was removed from the queue`
    this.#fail(call, new AbortError(message, { adapter: adapterName }))
  }

  /** Waits while there is no connection. */
  async #answerOf({ jobId }: PendingCall, which: string): Promise<string | undefined> {
    const text = await this.#redis.get(answerKey(this.#start.location, jobId, which)).catch(() => null)
    return text ?? undefined
  }

  async #cancel({ id, reason }: SentCancel): Promise<void> {
    const call = this.#calls.get(id)
    if (call !== undefined) {
      const { jobId, added } = call
      const isInQueue = call.state !== 'queued'
      this.#forget(call)
      // Others on this loop still want it.
      if (isInQueue && !this.#byJob.has(jobId)) {
        const cancelling = this.#afterCancelling(jobId, async () => {
          await added
          await this.#cancelJob(jobId, reason)
        })
        this.#cancelling.set(jobId, cancelling)
        await cancelling
        if (this.#cancelling.get(jobId) === cancelling) this.#cancelling.delete(jobId)
      }
    }
    this.#post({ kind: 'cancelled', id })
  }

  /** What cannot be told now stays as it is: the call goes on, and nobody waits for it. */
  async #afterCancelling(jobId: string, cancel: () => Promise<void>): Promise<void> {
    await this.#cancelling.get(jobId)
    await cancel().catch(() => {})
  }

  async #cancelJob(jobId: string, reason: string): Promise<void> {
    const { location } = this.#start
    const [finishedOn, timestamp] = await this.#redis.hmget(jobKey(location, jobId), 'finishedOn', 'timestamp')
    // Others may ask for the result of one that is done.
    if (timestamp === null || timestamp === undefined || typeof finishedOn === 'string') return
    if ((await this.#queue.remove(jobId)) === 1) return
    // A server has it. First what stays, for one that hears nothing now, and then the word.
    const cancellation: Cancellation = { jobId, timestamp: Number(timestamp), reason }
    const text = JSON.stringify(cancellation)
    await this.#redis.set(cancelledKey(location, jobId), text, 'EX', cancelledFor)
    await this.#redis.publish(cancelChannel(location), text)
  }

  async #lookAtOldest(): Promise<void> {
    if (this.#lostAt !== undefined) return
    if (!this.#hasWarned && this.#calls.size > 0) await this.#warnIfNobodyServes()
    const before = performance.now() - lookInterval
    const due: PendingCall[] = []
    for (const call of this.#calls.values()) {
      if (call.state === 'added' && call.lookedAt < before) due.push(call)
      if (due.length === mostLookedAt) break
    }
    if (due.length > 0) await this.#lookAt(due)
  }

  /** A caller that waits for ever would have nothing to go by: once for each loop. */
  async #warnIfNobodyServes(): Promise<void> {
    const { location, name } = this.#start
    const servers = await liveServers(this.#redis, location, this.#clock).catch(() => undefined)
    if (servers === undefined || servers.length > 0 || this.#calls.size === 0) return
    this.#hasWarned = true
    const [clause] = describeServers(servers, location)
    process.emitWarning(`ambisync: calls of the loop "${name}" wait, and ${clause}`, { code: 'AMBISYNC_NOBODY_SERVES' })
  }

  #disconnected(): void {
    if (this.#over || this.#lostAt !== undefined) return
    const { reconnectTimeout, location } = this.#start
    this.#lostAt = performance.now()
    for (const call of this.#calls.values()) call.maybeLost = true
    if (reconnectTimeout > longestTimer) return
    this.#outageTimer = setTimeout(() => {
      const { message } = explainRefusal(this.#lastError, location.connection)
      const advice = 'calls that were made go on where servers reach it: attach takes their futures up again'
      this.#finish({
        cause: { thrown: new Error(`the connection was lost for ${reconnectTimeout} ms; ${message}; ${advice}`) },
      })
    }, reconnectTimeout)
  }

  async #reconnected(): Promise<void> {
    clearTimeout(this.#outageTimer)
    this.#lostAt = undefined
    await this.#clock.adjust(this.#redis).catch(() => {})
    const added = [...this.#calls.values()].filter(({ state }) => state === 'added')
    for (let from = 0; from < added.length; from += mostLookedAt) {
      await this.#lookAt(added.slice(from, from + mostLookedAt))
    }
  }

  #eachOf(jobId: string, settle: (call: PendingCall) => void): void {
    for (const call of this.#byJob.get(jobId) ?? []) settle(call)
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

  #post(received: Received): void {
    if (!this.#over) this.#onMessage(JSON.stringify(received))
  }

  #finish(exit: RelayExit): void {
    if (this.#over) return
    this.#over = true
    clearInterval(this.#lookTimer)
    clearTimeout(this.#outageTimer)
    this.#redis.disconnect()
    void this.#events.close().catch(() => {})
    this.#onExit(exit)
  }
}

function ofAnother({ sent, jobName }: PendingCall, name: string): Error {
  const advice = 'an id is of one call: give another one'
  return new TypeError(`the id "${sent.key}" is that of a call of ${name}, and not of ${jobName}; ${advice}`)
}

/** Failures that BullMQ itself has found. */
function notByItself({ sent, jobName }: PendingCall, reason: string): Error {
  if (reason.includes('stalled')) {
    const message = `the servers that ran ${sent.name} ended, one after another, before its result (${reason})`
    return new LoopExitError(message, { adapter: adapterName })
  }
  return new LoopStartError(`${sent.name} was not run: its job, ${jobName}, failed in the queue: ${reason}`, {
    adapter: adapterName,
  })
}
