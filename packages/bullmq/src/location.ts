import { checkConnection, type RedisConnection } from './connection.ts'
import { describe } from './describe.ts'

/** Which queue, and on which Redis. */
export interface Location {
  readonly connection: RedisConnection
  readonly queue: string
  /** What the keys of BullMQ begin with. */
  readonly prefix: string
}

/** The options that callers, servers and `queueStatus` have in common. */
export interface LocationOptions {
  /**
   * Where Redis is: a URL, such as `rediss://user:password@host:6380/0`, or the options of ioredis as far as they are data:
   * `host`, `port`, `username`, `password`, `db`, `tls`, `sentinels`, … `redis://127.0.0.1:6379` by default.
   */
  readonly connection?: RedisConnection | undefined
  /** The queue of BullMQ; `ambisync` by default. */
  readonly queue?: string | undefined
  /** What BullMQ's keys in Redis begin with; `bull` by default, as there. */
  readonly prefix?: string | undefined
}

/** @throws {TypeError} for what cannot be right */
export function locationOf({
  connection = 'redis://127.0.0.1:6379',
  queue = 'ambisync',
  prefix = 'bull',
}: LocationOptions): Location {
  checkConnection(connection)
  if (typeof queue !== 'string' || queue === '' || queue.includes(':')) {
    throw new TypeError(`queue must be a name without ":", not ${describe(queue)}`)
  }
  if (typeof prefix !== 'string' || prefix === '') {
    throw new TypeError(`prefix must be a string that is not empty, not ${describe(prefix)}`)
  }
  return { connection, queue, prefix }
}
