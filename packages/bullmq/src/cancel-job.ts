import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Cancellation } from './cancellation.ts'
import { cancelChannel, cancelledFor, cancelledKey, jobKey } from './keys.ts'
import type { Location } from './location.ts'

/** Takes a job out of the queue, or has the server that runs it cancel it. One that is done stays: others may ask for it. */
export async function cancelJob(
  redis: Redis,
  queue: Queue,
  location: Location,
  jobId: string,
  reason: string,
): Promise<void> {
  const fields = await redis.hmget(jobKey(location, jobId), 'finishedOn', 'timestamp', 'processedOn')
  const [finishedOn, timestamp, processedOn] = fields
  if (typeof timestamp !== 'string' || typeof finishedOn === 'string') return
  const isRemoved = (await queue.remove(jobId)) === 1
  // A server that was cut off for long runs it still, although it is no longer that server's.
  if (isRemoved && typeof processedOn !== 'string') return
  const cancellation: Cancellation = { jobId, timestamp: Number(timestamp), reason }
  const text = JSON.stringify(cancellation)
  // First what stays, for one that hears nothing now, and then the word.
  await redis.set(cancelledKey(location, jobId), text, 'EX', cancelledFor)
  await redis.publish(cancelChannel(location), text)
}
