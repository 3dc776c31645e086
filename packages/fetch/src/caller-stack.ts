import { AmbisyncError } from '@ambisync/core'

/** Errors that were made on this thread, for the call that fails with them. */
const ours = new WeakSet<object>()

/** Marks an error whose stack is to show who has called. */
export function made<E extends Error>(error: E): E {
  ours.add(error)
  return error
}

/** Runs what throws errors for a call and marks them. */
export function making<R>(run: () => R): R {
  try {
    return run()
  } catch (error) {
    throw error instanceof TypeError || error instanceof RangeError || error instanceof AmbisyncError
      ? made(error)
      : error
  }
}

export function isOurs(error: unknown): error is Error {
  return error instanceof Error && ours.has(error)
}

/**
 * Has an error's stack begin below the one of `forms` that is on the stack: the ten frames that there are by default would
 * all be this package's.
 */
export function placeAtCallerOf(forms: readonly ((...args: never[]) => unknown)[], error: Error): void {
  for (const form of forms) {
    const holder: { stack?: string } = {}
    Error.captureStackTrace(holder, form)
    const [, frames] = /((?:\n {4}at .*)+)$/.exec(String(holder.stack)) ?? []
    if (frames === undefined) continue
    const value = `${error.name}: ${error.message}${frames}`
    Object.defineProperty(error, 'stack', { value, writable: true, configurable: true })
    return
  }
}
