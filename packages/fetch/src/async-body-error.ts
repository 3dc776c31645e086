import { AsyncInSyncError } from '@ambisync/core'

/** For a body that only the event loop of the blocked thread could give. */
export function asyncBodyError(cause?: unknown): AsyncInSyncError {
  const why = 'nothing of this thread runs while it is blocked, so the next chunk would never come'
  const advice = 'use fetch.async, await fetch.submit, or give bytes, text, a Blob, or an iterable that is not async'
  return new AsyncInSyncError(`a body that is an async iterable cannot be sent by blocking: ${why}; ${advice}`, {
    ...(cause !== undefined && { cause }),
  })
}
