import type { Redis } from 'ioredis'

/** Which start of which Redis this is: another one may have lost what the one before it had. */
export async function runOf(redis: Redis): Promise<string | undefined> {
  return /^run_id:(\S+)/m.exec(await redis.info('server'))?.[1]
}
