import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { addressOf } from './connection.ts'
import type { Location } from './location.ts'
import type { RedisClock } from './redis-clock.ts'
import { liveServers, type ServerInfo } from './servers.ts'

/** How a queue is, as clauses. */
export async function explainQueue(
  redis: Redis,
  queue: Queue,
  location: Location,
  clock: RedisClock,
): Promise<string[]> {
  const [servers, counts] = await Promise.all([liveServers(redis, location, clock), countsOf(queue)])
  return [...describeServers(servers, location), `${counts.waiting} calls wait, ${counts.active} run`]
}

/** Who serves it. */
export function describeServers(servers: readonly ServerInfo[], location: Location): string[] {
  const where = `the queue "${location.queue}" on Redis at ${addressOf(location.connection)}`
  if (servers.length === 0) return [`nobody serves ${where}: start a server, by serve or \`npx ambisync serve\``]
  const clauses = servers.map(({ host, pid, modules, concurrency }) => {
    return `served by process ${pid} on ${host}: ${modules.join(', ')}; ${concurrency} calls at a time`
  })
  return [`${servers.length === 1 ? 'one server serves' : `${servers.length} servers serve`} ${where}`, ...clauses]
}

/** How many calls there are, by what has become of them. */
export interface CallCounts {
  readonly waiting: number
  readonly active: number
  readonly completed: number
  readonly failed: number
}

export async function countsOf(queue: Queue): Promise<CallCounts> {
  const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed')
  const { waiting = 0, prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0 } = counts
  return { waiting: waiting + prioritized + delayed, active, completed, failed }
}
