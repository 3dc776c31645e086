import { Redis } from 'ioredis'
import { explainRefusal, type RedisConnection } from './connection.ts'

/**
 * How long a connection that waits for a reply may be silent before it counts as lost, in milliseconds: a cable that is
 * pulled says nothing. The longest wait for a reply that is meant is one of 10 s, for the next event or job.
 */
const defaults = { socketTimeout: 20_000 }

/** Pauses between attempts to connect again, in milliseconds: the first, and the longest. */
const shortestPause = 50
const longestPause = 2_000

/**
 * A client of Redis that is connected. When it loses its connection later on, it connects again, and its commands wait.
 *
 * @param timeout longest time to get there, in milliseconds
 * @throws {Error} that says what is wrong, and what to do: here nothing is tried twice
 */
export async function connectTo(connection: RedisConnection, timeout: number): Promise<Redis> {
  const settings = {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: timeout,
    retryStrategy: (times: number) => Math.min(shortestPause * 2 ** (times - 1), longestPause),
  }
  const redis =
    typeof connection === 'string'
      ? new Redis(connection, { ...defaults, ...settings })
      : new Redis({ ...defaults, ...connection, ...settings })
  // Without a listener ioredis prints. What is lost later on is told by `close`.
  redis.on('error', () => {})
  let timer: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      redis.once('ready', resolve)
      redis.once('error', reject)
      timer = setTimeout(() => reject(new Error(`it did not answer within ${timeout} ms`)), timeout)
      // Why it fails is told by the event.
      redis.connect().catch(() => {})
    })
  } catch (error) {
    redis.disconnect()
    throw explainRefusal(error, connection)
  } finally {
    clearTimeout(timer)
  }
  return redis
}
