import type { Redis } from 'ioredis'

/*
 * Machines disagree about the time, so what is a point in time is meant on the clock of Redis: each end knows by how much
 * its own is off, as of when it last connected.
 */
export class RedisClock {
  #ahead = 0

  /** The time there, in milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#ahead
  }

  async adjust(redis: Redis): Promise<void> {
    const began = Date.now()
    const [seconds, microseconds] = await redis.time()
    const middle = (began + Date.now()) / 2
    this.#ahead = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - middle
  }
}
