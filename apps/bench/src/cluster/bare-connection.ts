import { Redis } from 'ioredis'

/** A connection as BullMQ wants it. */
export function connectBare(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null })
}
