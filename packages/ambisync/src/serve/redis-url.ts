import { Misuse } from '../command/exit-codes.ts'

/** Where Redis is. */
export interface RedisUrl {
  readonly url: string
  /** Where that was said, for messages. */
  readonly source: '--redis' | 'REDIS_URL'
}

/** @throws {Misuse} for what is no address of Redis. It is not quoted: a password may be in it */
export function redisFrom(option: string | undefined, { REDIS_URL }: NodeJS.ProcessEnv): RedisUrl {
  const isByEnvironment = option === undefined && REDIS_URL !== undefined && REDIS_URL !== ''
  const source = isByEnvironment ? 'REDIS_URL' : '--redis'
  const url = option ?? (isByEnvironment ? REDIS_URL : 'redis://127.0.0.1:6379')
  const parts = URL.canParse(url) ? new URL(url) : undefined
  if (parts?.protocol !== 'redis:' && parts?.protocol !== 'rediss:') {
    throw new Misuse(`${source} has to be a URL that begins with redis:// or rediss://, such as redis://127.0.0.1:6379`)
  }
  // What is before that would pass for the host, and be named.
  if (`${parts.pathname}${parts.search}${parts.hash}`.includes('@')) {
    throw new Misuse(`${source} has a "/", "?" or "#" in its password: write it as %2F, %3F or %23`)
  }
  return { url, source }
}
