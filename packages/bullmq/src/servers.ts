import type { Redis } from 'ioredis'
import { serversKey } from './keys.ts'
import type { Location } from './location.ts'
import type { RedisClock } from './redis-clock.ts'

/** Who serves a queue. */
export interface ServerInfo {
  /** One of its own for each start. */
  readonly id: string
  readonly host: string
  readonly pid: number
  /** Names of its modules. */
  readonly modules: readonly string[]
  readonly concurrency: number
  /** When it started: ISO 8601. */
  readonly since: string
}

/** How often a server says that it is there, in milliseconds, and for how long that holds. */
const beatInterval = 5_000
const beatHolds = 15_000

/** Those that have said lately that they are there. */
export async function liveServers(redis: Redis, location: Location, clock: RedisClock): Promise<ServerInfo[]> {
  const members = await redis.zrangebyscore(serversKey(location), clock.now(), '+inf')
  return members.map((member) => JSON.parse(member) as ServerInfo)
}

/** Says that a server is there, until `stop`. */
export class Heartbeat {
  readonly #redis: Redis
  readonly #subscriber: Redis
  readonly #key: string
  readonly #member: string
  readonly #clock: RedisClock
  #timer: NodeJS.Timeout | undefined

  /** @param subscriber hears of its connection only while it waits for a reply */
  constructor(redis: Redis, subscriber: Redis, location: Location, info: ServerInfo, clock: RedisClock) {
    this.#redis = redis
    this.#subscriber = subscriber
    this.#key = serversKey(location)
    this.#member = JSON.stringify(info)
    this.#clock = clock
  }

  /** Resolves when it has been said for the first time. */
  async start(): Promise<void> {
    await this.#beat()
    this.#timer = setInterval(() => {
      // While there is no connection, one is enough.
      if (this.#redis.status === 'ready') void this.#beat().catch(() => {})
      if (this.#subscriber.status === 'ready') void this.#subscriber.ping().catch(() => {})
    }, beatInterval)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    if (this.#redis.status === 'ready') await this.#redis.zrem(this.#key, this.#member)
  }

  async #beat(): Promise<void> {
    const now = this.#clock.now()
    // Those that have died without a word are forgotten on the way.
    await this.#redis
      .multi()
      .zremrangebyscore(this.#key, '-inf', now)
      .zadd(this.#key, now + beatHolds, this.#member)
      .exec()
  }
}
