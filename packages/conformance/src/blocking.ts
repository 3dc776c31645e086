/**
 * Runs `run`, which blocks this thread, in a macrotask, and gives what it returns or throws.
 *
 * What comes after an `await` is a promise job, and an adapter that blocks by turning its caller's event loop cannot do so
 * in one. A case whose body has awaited something blocks by this, whatever the adapter; before that it may block as it is,
 * because cases are started from a macrotask.
 */
export function blocking<T>(run: () => T | PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(run())
      } catch (error) {
        reject(error)
      }
    }, 0)
  })
}
