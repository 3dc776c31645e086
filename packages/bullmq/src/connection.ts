import { describeType } from '@ambisync/core/options'
import type { RedisOptions } from 'ioredis'

/** What ioredis takes to connect: a URL, or options as far as they are data, without those that are set here. */
export type RedisConnection =
  | string
  | Omit<
      RedisOptions,
      | 'Connector'
      | 'enableOfflineQueue'
      | 'keyPrefix'
      | 'lazyConnect'
      | 'maxRetriesPerRequest'
      | 'reconnectOnError'
      | 'replyMapping'
      | 'retryStrategy'
      | 'sentinelRetryStrategy'
    >

/** Those that are set here, and why. */
const ours: Readonly<Record<string, string>> = {
  enableOfflineQueue: 'commands wait until Redis is back',
  keyPrefix: 'BullMQ has none; the option "prefix" is for that',
  lazyConnect: 'it connects when the loop starts',
  maxRetriesPerRequest: 'commands wait until Redis is back',
  replyMapping: 'BullMQ reads replies as they are by default',
}

/** A connection is silent for 10 s at times, while it waits for the next event or job. In milliseconds. */
const shortestSilence = 15_000

/** @throws {TypeError} for what cannot be right, or cannot go to the thread that connects */
export function checkConnection(connection: RedisConnection): void {
  if (typeof connection === 'string') {
    const { protocol } = URL.canParse(connection) ? new URL(connection) : { protocol: undefined }
    if (protocol === 'redis:' || protocol === 'rediss:') return
    // Not the text itself: a password may be in it.
    throw new TypeError('connection must be a URL that begins with redis:// or rediss://, or an object of options')
  }
  if (typeof connection !== 'object' || connection === null || Array.isArray(connection)) {
    throw new TypeError(`connection must be a URL or an object of options of ioredis, not ${describeType(connection)}`)
  }
  if ('duplicate' in connection) {
    throw new TypeError('connection must be the options of a client of ioredis, not a client: another thread connects')
  }
  const { socketTimeout = shortestSilence } = connection
  if (!(socketTimeout >= shortestSilence)) {
    throw new RangeError(
      `connection.socketTimeout must be ${shortestSilence} at least, because it waits for 10,000 at times`,
    )
  }
  for (const [name, value] of Object.entries(connection)) {
    const why = ours[name]
    if (why !== undefined) throw new TypeError(`connection.${name} cannot be set: ${why}; leave it out`)
    try {
      structuredClone(value)
    } catch {
      throw new TypeError(`connection.${name} must be data, because another thread connects; it has a function in it`)
    }
  }
}

/** Where Redis is, for messages: without the password. */
export function addressOf(connection: RedisConnection): string {
  if (typeof connection === 'string') {
    const { hostname, port } = new URL(connection)
    return `${hostname === '' ? '127.0.0.1' : hostname}:${port === '' ? 6379 : port}`
  }
  const { host = '127.0.0.1', port = 6379, path, sentinels } = connection
  if (sentinels !== null && sentinels !== undefined && sentinels.length > 0) {
    return `${connection.name} of the sentinels ${sentinels.map((each) => `${each.host}:${each.port}`).join(', ')}`
  }
  return path === undefined || path === null ? `${host}:${port}` : path
}

/** A connection that is not there, as an error that says what to do. */
export function explainRefusal(cause: unknown, connection: RedisConnection): Error {
  const { code, message } = messageOf(cause)
  const what = `Redis at ${addressOf(connection)}`
  return new Error(`${what} ${reasonOf(code, message)}`, { cause })
}

function reasonOf(code: string | undefined, message: string): string {
  const where = 'give its address as the option "connection"'
  if (code === 'ECONNREFUSED') return `is not there (ECONNREFUSED): start it, or ${where}`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `cannot be found (${code}): there is no such host; ${where}`
  if (code === 'ENOENT') return `is not there (ENOENT): there is no such socket; ${where}`
  if (message.startsWith('NOAUTH')) return `wants a password (${message}): give it in "connection"`
  if (/^(WRONGPASS|ERR AUTH)/.test(message)) {
    return `does not take the user and password (${message}): give those of one who may use the queue in "connection"`
  }
  if (/certificate|SSL|TLS|wrong version number/i.test(`${code} ${message}`)) {
    return `cannot be spoken to by TLS (${message}): look at "tls" of "connection", or rediss:// in its URL`
  }
  return `cannot be reached (${message}): look at the option "connection", and whether it runs`
}

/** An attempt to reach a host by several addresses has an error without a message for each of them. */
function messageOf(error: unknown): { readonly code: string | undefined; readonly message: string } {
  const [first] = error instanceof AggregateError ? error.errors : [error]
  const { code, message } = Object(first ?? error) as { readonly code?: string; readonly message?: string }
  return { code, message: message === undefined || message === '' ? String(code ?? error) : message }
}
