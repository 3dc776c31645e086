import type { RelayEnd, RelayExit } from '@ambisync/node'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Received, Sent } from './caller-codec.ts'
import { connectTo } from './connect.ts'
import { explainRefusal } from './connection.ts'
import { EventReader } from './event-reader.ts'
import { describeServers, explainQueue } from './explain-queue.ts'
import { longestTimer } from './options.ts'
import { QueuedCalls } from './queued-calls.ts'
import { RedisClock } from './redis-clock.ts'
import { runOf } from './redis-run.ts'
import { refusalOf } from './refusal.ts'
import { liveServers } from './servers.ts'
import type { CallerStart } from './start.ts'

/**
 * How often jobs are looked at of which nothing was heard, in milliseconds. Redis keeps ten thousand events: a thread that was
 * held up for long may have missed one.
 */
const lookInterval = 5_000

/** How long it takes to end at most, in milliseconds. */
const stopLimit = 5_000

/** Runs on the relay's thread. @throws {Error} that says why there is no connection */
export async function connect(start: CallerStart): Promise<RelayEnd> {
  const { location, connectTimeout } = start
  const redis = await connectTo(location.connection, connectTimeout)
  try {
    const end = new CallerEnd(start, redis)
    await end.begin()
    return end
  } catch (cause) {
    redis.disconnect()
    throw refusalOf(`the loop "${start.name}" was not started`, cause, location.connection)
  }
}

/** The caller's end of the way to the servers of a queue: its connection, and what is said over it. */
class CallerEnd implements RelayEnd {
  readonly #start: CallerStart
  readonly #redis: Redis
  readonly #clock = new RedisClock()
  readonly #queue: Queue
  readonly #calls: QueuedCalls
  readonly #events: EventReader
  readonly #modules = new Map<number, string>()
  readonly #lookTimer: NodeJS.Timeout
  #outageTimer: NodeJS.Timeout | undefined
  /** Which start of Redis it is connected to. */
  #run: string | undefined
  #lostAt: number | undefined
  #lastError: unknown
  #hasWarned = false
  #over = false
  #onMessage: Parameters<RelayEnd['onMessage']>[0] = () => {}
  #onExit: Parameters<RelayEnd['onExit']>[0] = () => {}

  constructor(start: CallerStart, redis: Redis) {
    const { location } = start
    const { queue, prefix } = location
    this.#start = start
    this.#redis = redis
    this.#queue = new Queue(queue, { connection: redis, prefix, skipVersionCheck: true })
    this.#queue.on('error', () => {})
    this.#calls = new QueuedCalls(start, redis, this.#queue, this.#clock, (received) => this.#post(received))
    this.#events = new EventReader(redis, location, this.#calls)
    redis.on('error', (error) => {
      this.#lastError = error
    })
    redis.on('close', () => this.#disconnected())
    redis.on('ready', () => void this.#reconnected().catch(() => {}))
    this.#lookTimer = setInterval(() => void this.#lookAround(), lookInterval)
  }

  /** @throws {Error} of Redis */
  async begin(): Promise<void> {
    await this.#clock.adjust(this.#redis)
    this.#run = await runOf(this.#redis)
    // Before the first job.
    await this.#events.start()
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
      case 'call': {
        const module = this.#modules.get(sent.module)
        if (module === undefined) throw new Error(`call ${sent.id} came before its module ${sent.module}`)
        return this.#calls.add(sent, module)
      }
      case 'cancel':
        return this.#calls.cancel(sent)
      case 'stop':
        void this.#stop()
        return
    }
  }

  kill(): void {
    this.#finish({})
  }

  async explain(): Promise<readonly string[]> {
    if (this.#lostAt !== undefined) {
      const lost = Math.round((performance.now() - this.#lostAt) / 1_000)
      return [`${explainRefusal(this.#lastError, this.#start.location.connection).message}; it was lost ${lost} s ago`]
    }
    try {
      // What was given up before is not counted.
      await this.#calls.whenCancelled()
      return await explainQueue(this.#redis, this.#queue, this.#start.location, this.#clock)
    } catch (error) {
      return [`the queue could not be looked at: ${error instanceof Error ? error.message : String(error)}`]
    }
  }

  /** Servers are told of cancellations before it ends, where they can be. */
  async #stop(): Promise<void> {
    const limit = setTimeout(() => this.#finish({ code: 0 }), this.#lostAt === undefined ? stopLimit : 0)
    await this.#calls.whenCancelled()
    clearTimeout(limit)
    this.#finish({ code: 0 })
  }

  async #lookAround(): Promise<void> {
    if (this.#lostAt !== undefined || this.#calls.size === 0) return
    if (!this.#hasWarned) await this.#warnIfNobodyServes()
    await this.#calls.look(performance.now() - lookInterval / 2)
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
    await this.#clock.adjust(this.#redis)
    const before = this.#run
    this.#run = await runOf(this.#redis)
    if (this.#run === before) {
      await this.#calls.look()
    } else {
      // It was started again, or is another one: it may have lost jobs, and its events may begin anew.
      this.#calls.doubt()
      await this.#events.restart()
    }
  }

  #post(received: Received): void {
    if (!this.#over) this.#onMessage(JSON.stringify(received))
  }

  #finish(exit: RelayExit): void {
    if (this.#over) return
    this.#over = true
    clearInterval(this.#lookTimer)
    clearTimeout(this.#outageTimer)
    this.#events.close()
    this.#redis.disconnect()
    this.#onExit(exit)
  }
}
