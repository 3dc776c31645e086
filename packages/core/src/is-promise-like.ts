export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject && 'then' in value && typeof value.then === 'function'
}

/** What becomes of it is nobody's failure: whoever gave it was told that it cannot be used. */
export function disregard(promise: PromiseLike<unknown>): void {
  // Any other thenable may run code of the user's.
  if (promise instanceof Promise) promise.catch(() => {})
}
