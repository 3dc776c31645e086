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

  /** By the quickest of three answers: what was late on one way only is not known. */
  async adjust(redis: Redis): Promise<void> {
    let shortest = Number.POSITIVE_INFINITY
    for (let time = 0; time < 3; time++) {
      const began = Date.now()
      const [seconds, microseconds] = await redis.time()
      const took = Date.now() - began
      if (took >= shortest) continue
      shortest = took
      this.#ahead = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - (began + took / 2)
    }
  }
}
