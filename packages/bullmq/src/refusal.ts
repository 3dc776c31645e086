import { type AmbisyncError, LoopStartError, QueueFullError } from '@ambisync/core'
import { adapterName } from './adapter-name.ts'
import { addressOf, type RedisConnection } from './connection.ts'

/**
 * What Redis has refused, as an error that says why, and what to do.
 *
 * @param consequence what has not been done for it: "add was not called"
 */
export function refusalOf(consequence: string, cause: unknown, connection: RedisConnection): AmbisyncError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const what = `${consequence}: Redis at ${addressOf(connection)}`
  const options = { adapter: adapterName, cause }
  if (/^(EXECABORT.*)?OOM/.test(message)) {
    return new QueueFullError(
      `${what} is full (${message}): wait until calls are done, or raise its maxmemory; old results go by removeOnComplete`,
      options,
    )
  }
  return new LoopStartError(`${what} ${adviceFor(message)}`, options)
}

function adviceFor(message: string): string {
  if (message.startsWith('READONLY')) return `takes no writes, it is a replica (${message}): connect to its primary`
  if (message.startsWith('MISCONF')) return `takes no writes (${message}): look at its disk and its log`
  if (message.includes('NOPERM')) return `does not let this user (${message}): see which commands and keys a user needs`
  if (/^(MOVED|CROSSSLOT|CLUSTERDOWN)/.test(message)) {
    return `is part of a cluster (${message}): connect to one that is not; a queue is on one Redis`
  }
  return `refused it: ${message}`
}
