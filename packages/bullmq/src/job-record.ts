import type { Redis } from 'ioredis'
import { jobKey } from './keys.ts'
import type { Location } from './location.ts'

/** What Redis has of a job. */
export type JobRecord =
  | { readonly state: 'missing' }
  | { readonly state: 'pending'; readonly name: string }
  | { readonly state: 'completed'; readonly name: string; readonly returned: string }
  | { readonly state: 'failed'; readonly name: string; readonly reason: string }

/** The records of jobs, each of them or why it cannot be had; nothing at all where the connection was lost meanwhile. */
export async function readJobs(
  redis: Redis,
  location: Location,
  jobIds: readonly string[],
): Promise<readonly (JobRecord | Error)[]> {
  const pipeline = redis.pipeline()
  for (const jobId of jobIds) {
    pipeline.hmget(jobKey(location, jobId), 'name', 'finishedOn', 'returnvalue', 'failedReason')
  }
  const results = await pipeline.exec().catch(() => undefined)
  return (results ?? []).map(([error, fields]) => error ?? recordOf(fields as readonly (string | null)[]))
}

/** A job that was tried again still has the reason of its first failure when it has completed. */
function recordOf([name = null, finishedOn, returned = null, reason = null]: readonly (string | null)[]): JobRecord {
  if (name === null) return { state: 'missing' }
  if (typeof finishedOn !== 'string') return { state: 'pending', name }
  return returned === null ? { state: 'failed', name, reason: reason ?? '' } : { state: 'completed', name, returned }
}
