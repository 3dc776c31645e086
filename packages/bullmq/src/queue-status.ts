import { checkOptionNames } from '@ambisync/core/options'
import type { CallCounts } from './explain-queue.ts'
import { type LocationOptions, locationOf } from './location.ts'
import { checkConnectTimeout } from './options.ts'
import type { ServerInfo } from './servers.ts'

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
  const connectTimeout = checkConnectTimeout(options.connectTimeout)
  // As with `serve`.
  const { lookAtQueue } = await import('./look-at-queue.ts')
  return await lookAtQueue(location, connectTimeout)
}
