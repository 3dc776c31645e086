import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { type Loop, LoopStartError, startLoop, startPool } from '@ambisync/core'
import { checkOptionNames, checkTimeout } from '@ambisync/core/options'
import { type Job, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Cancellation } from './cancellation.ts'
import { givenUp } from './cancellation.ts'
import { connectTo } from './connect.ts'
import { idOf } from './job-id.ts'
import { JobRunner } from './job-runner.ts'
import { cancelChannel } from './keys.ts'
import { longestTimer } from './options.ts'
import { RedisClock } from './redis-clock.ts'
import { refusalOf } from './refusal.ts'
import type { Server } from './serve.ts'
import type { ServeEvent } from './serve-event.ts'
import type { CheckedServeOptions } from './serve-options.ts'
import { Heartbeat, type ServerInfo } from './servers.ts'

/** How long it takes at most to give calls back that run when the time is up, in milliseconds. */
const giveBackLimit = 2_000

/** How often a server looks whether it has come to its end, while it is closed without a connection, in milliseconds. */
const lookInterval = 100

/** See `serve`. */
export async function startServer(options: CheckedServeOptions): Promise<Server> {
  const { adapter, concurrency, grace, loops, location, connectTimeout } = options
  const named = { adapter, grace, name: `serve-${location.queue}` }
  const each = Math.ceil(concurrency / loops)
  const loop = loops === 1 ? startLoop(named) : startPool({ ...named, size: loops, concurrency: each })
  const connections: Redis[] = []
  const connect = async (): Promise<Redis> => {
    const redis = await connectTo(location.connection, connectTimeout)
    connections.push(redis)
    return redis
  }
  try {
    const redis = await connect()
    await importModules(loop, options)
    // BullMQ makes a second connection of the worker's, and does not always let go of it.
    const duplicate = redis.duplicate.bind(redis)
    redis.duplicate = (...args) => {
      const another = duplicate(...args)
      connections.push(another)
      return another
    }
    const clock = new RedisClock()
    await clock.adjust(redis)
    const server = new QueueServer(options, redis, await connect(), connections, clock, loop)
    await server.start()
    return server
  } catch (error) {
    for (const redis of connections) redis.disconnect()
    await loop.stop({ timeout: 0 }).catch(() => {})
    const isRefusal = error instanceof Error && error.name === 'ReplyError'
    throw isRefusal ? refusalOf('the server was not started', error, location.connection) : error
  }
}

/** A module that cannot be imported is told at once, and not to each of its callers. */
async function importModules(loop: Loop, { modules }: CheckedServeOptions): Promise<void> {
  for (const specifier of modules.values()) {
    const module = loop.load(specifier)
    try {
      // There is no such export, and to say so the module has to be there.
      await module['ambisync:import']?.async()
    } catch (error) {
      if (error instanceof LoopStartError) throw error
    }
  }
}

class QueueServer implements Server {
  readonly info: ServerInfo
  readonly #options: CheckedServeOptions
  readonly #redis: Redis
  readonly #subscriber: Redis
  readonly #connections: readonly Redis[]
  readonly #clock: RedisClock
  readonly #loop: Loop
  readonly #runner: JobRunner
  readonly #worker: Worker
  readonly #heartbeat: Heartbeat
  #closing: Promise<void> | undefined
  /** There is no connection; resolved when there is one again. */
  #lost: Resolvers | undefined
  #giveUp: () => void = () => {}

  /** @param connections all that there are, also those that BullMQ makes */
  constructor(
    options: CheckedServeOptions,
    redis: Redis,
    subscriber: Redis,
    connections: readonly Redis[],
    clock: RedisClock,
    loop: Loop,
  ) {
    const { location, modules, concurrency, stalledInterval, maxStalledCount } = options
    this.#options = options
    this.#redis = redis
    this.#subscriber = subscriber
    this.#connections = connections
    this.#clock = clock
    this.#loop = loop
    this.info = {
      id: randomUUID(),
      host: hostname(),
      pid: process.pid,
      modules: [...modules.keys()],
      concurrency,
      since: new Date().toISOString(),
    }
    this.#runner = new JobRunner(options, redis, clock, loop)
    this.#heartbeat = new Heartbeat(redis, subscriber, location, this.info, clock)
    this.#worker = new Worker(location.queue, (job) => this.#runner.run(job), {
      connection: redis,
      prefix: location.prefix,
      concurrency,
      lockDuration: stalledInterval,
      stalledInterval,
      maxStalledCount,
      autorun: false,
    })
    this.#tell()
    redis.on('close', () => this.#disconnected())
    redis.on('ready', () => void this.#reconnected())
    subscriber.on('ready', () => void this.#runner.catchUp().catch(() => {}))
    subscriber.on('message', (_, text) => this.#cancel(text))
  }

  get running(): number {
    return this.#runner.running
  }

  async start(): Promise<void> {
    const { modules, concurrency } = this.info
    await this.#subscriber.subscribe(cancelChannel(this.#options.location))
    await this.#worker.waitUntilReady()
    await this.#heartbeat.start()
    // It ends when the worker is closed; what goes wrong is an `error` of the worker's.
    this.#worker.run().catch((error: Error) => this.#event({ event: 'error', error: error.message }))
    this.#event({ event: 'started', modules, concurrency })
  }

  close(options: { readonly timeout?: number | undefined } = {}): Promise<void> {
    checkOptionNames(options, ['timeout'], 'close')
    const timeout = checkTimeout(options.timeout, 'timeout')
    this.#closing ??= this.#close()
    if (timeout <= longestTimer) setTimeout(() => this.#giveUp(), timeout).unref()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const timeIsUp = new Promise<void>((resolve) => {
      this.#giveUp = resolve
    })
    const drained = this.#drain()
    // It may be given up, and fail after that.
    drained.catch(() => {})
    this.#event({ event: 'draining', running: this.running })
    const silent = this.#heartbeat.stop().catch(() => {})
    await Promise.race([drained, timeIsUp])
    await Promise.race([silent, delay(giveBackLimit, undefined, { ref: false })])
    const abandoned = this.running
    this.#runner.leaveToOthers()
    await this.#loop.stop({ timeout: 0 }).catch(() => {})
    // Without a connection they cannot be given back: another server finds out after a while.
    if (abandoned > 0) await Promise.race([drained, delay(giveBackLimit, undefined, { ref: false })])
    for (const redis of this.#connections) redis.disconnect()
    // It need not be waited for; what it does from time to time ends with it.
    this.#worker.close(true).catch(() => {})
    this.#event({ event: 'stopped', abandoned })
  }

  /** To close a worker that has no connection never ends. Without one there is nothing to take, and nothing to tell. */
  async #drain(): Promise<void> {
    if (this.#lost !== undefined) {
      if (this.running === 0) return
      await this.#worker.pause(true)
      await this.#lost?.promise
    }
    await this.#worker.close()
  }

  /** Told once, and not of each attempt that fails. */
  #disconnected(): void {
    if (this.#closing !== undefined) {
      this.#giveUpWithoutWork()
      return
    }
    if (this.#lost !== undefined) return
    this.#lost = withResolvers()
    this.#event({ event: 'disconnected' })
  }

  /** Once nothing runs: to close a worker that loses its connection meanwhile may never end. */
  #giveUpWithoutWork(): void {
    if (this.running === 0) this.#giveUp()
    else setTimeout(() => this.#giveUpWithoutWork(), lookInterval).unref()
  }

  async #reconnected(): Promise<void> {
    this.#lost?.resolve()
    this.#lost = undefined
    await this.#clock.adjust(this.#redis).catch(() => {})
    this.#event({ event: 'connected' })
  }

  /** Anybody can publish there. */
  #cancel(text: string): void {
    try {
      this.#runner.cancel(JSON.parse(text) as Cancellation)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.#event({ event: 'error', error: `a cancellation cannot be read: ${why}` })
    }
  }

  #tell(): void {
    this.#worker.on('completed', (job) => this.#event({ event: 'completed', ...aboutCall(job) }))
    this.#worker.on('failed', (job, error) => {
      if (job === undefined) return
      const retried = job.finishedOn === undefined
      if (error.message.startsWith(givenUp)) this.#event({ event: 'cancelled', ...aboutCall(job) })
      else this.#event({ event: 'failed', ...aboutCall(job), error: error.message, retried })
    })
    this.#worker.on('stalled', (id) => this.#event({ event: 'stalled', call: idOf(id) }))
    this.#worker.on('error', ({ message }) => {
      // A connection that is lost is told once.
      if (this.#redis.status === 'ready') this.#event({ event: 'error', error: message })
    })
  }

  #event(event: ServeEvent): void {
    try {
      this.#options.onEvent(event)
    } catch (error) {
      console.error('ambisync: onEvent of serve threw', error)
    }
  }
}

interface Resolvers {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

function withResolvers(): Resolvers {
  let resolve = (): void => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

function aboutCall(job: Job): { call: string; name: string; attempt: number; duration: number } {
  const { id = '', name, attemptsStarted, processedOn = 0 } = job
  return { call: idOf(id), name, attempt: attemptsStarted, duration: (job.finishedOn ?? Date.now()) - processedOn }
}
