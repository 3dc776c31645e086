import { Queue } from 'bullmq'
import { connectTo } from './connect.ts'
import { countsOf } from './explain-queue.ts'
import type { Location } from './location.ts'
import type { QueueStatus } from './queue-status.ts'
import { RedisClock } from './redis-clock.ts'
import { liveServers } from './servers.ts'

/** See `queueStatus`. */
export async function lookAtQueue(location: Location, connectTimeout: number): Promise<QueueStatus> {
  const redis = await connectTo(location.connection, connectTimeout)
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
