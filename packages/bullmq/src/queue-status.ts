import { checkOptionNames } from '@ambisync/core/options'
import { Queue } from 'bullmq'
import { connectTo } from './connection.ts'
import { type CallCounts, countsOf } from './explain-queue.ts'
import { type LocationOptions, locationOf } from './location.ts'
import { checkConnectTimeout } from './options.ts'
import { RedisClock } from './redis-clock.ts'
import { liveServers, type ServerInfo } from './servers.ts'

/** How a queue is. */
export interface QueueStatus extends CallCounts {
  /** Those that have been heard of in the last 15 s. */
  readonly servers: readonly ServerInfo[]
}

/**
 * Who serves a queue, and how many calls it has: those that wait, that run, and those that are over and still kept.
 *
 * @throws {TypeError} for an option that cannot be right
 * @throws {Error} that says why Redis cannot be reached
 */
export async function queueStatus(
  options: LocationOptions & { readonly connectTimeout?: number | undefined } = {},
): Promise<QueueStatus> {
  checkOptionNames(options, ['connection', 'queue', 'prefix', 'connectTimeout'], 'queueStatus')
  const location = locationOf(options)
  const redis = await connectTo(location.connection, checkConnectTimeout(options.connectTimeout))
  try {
    const clock = new RedisClock()
    await clock.adjust(redis)
    const { queue: name, prefix } = location
    const queue = new Queue(name, { connection: redis, prefix, skipVersionCheck: true, skipMetasUpdate: true })
    const [servers, counts] = await Promise.all([liveServers(redis, location, clock), countsOf(queue)])
    return { servers, ...counts }
  } finally {
    redis.disconnect()
  }
}
