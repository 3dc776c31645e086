import { exitCodes, Misuse } from '../command/exit-codes.ts'
import { loadBullmq } from './bullmq-package.ts'
import type { RedisUrl } from './redis-url.ts'
import { refusal } from './refusal.ts'

export interface StatusOptions {
  readonly redis: RedisUrl
  readonly queue: string
  readonly prefix: string
}

/**
 * Prints a line about a queue.
 *
 * @returns the exit code: whether anybody serves it
 * @throws {Failure | Misuse} if Redis cannot be asked
 */
export async function showStatus({ redis, queue, prefix }: StatusOptions, modules: readonly string[]): Promise<number> {
  if (modules.length > 0)
    throw new Misuse(`--status is about a whole queue, and takes no modules: leave out ${modules[0]}`)
  const { queueStatus } = await loadBullmq()
  // Not the code for what does not work: that is an answer here.
  const status = await queueStatus({ connection: redis.url, queue, prefix }).catch((error: unknown) => {
    throw refusal(error, redis, exitCodes.misuse)
  })
  const { servers, waiting, active, failed } = status
  const who = servers.length === 1 ? '1 server' : `${servers.length} servers`
  process.stdout.write(`${queue}: ${who}, ${waiting} waiting, ${active} running, ${failed} failed\n`)
  return servers.length > 0 ? exitCodes.done : exitCodes.failed
}
