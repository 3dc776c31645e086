/** Where a worker's function is left, by whichever copy of this package the worker has imported. */
const registryKey: unique symbol = Symbol.for('ambisync.synckit.worker')

/**
 * Says that this module is a worker, and which function its callers call. Anywhere else than in a worker it does nothing.
 *
 * Call it while the module is evaluated, once.
 */
export function runAsWorker(task: (...args: never[]) => unknown): void {
  const register: unknown = Reflect.get(globalThis, registryKey)
  if (typeof register === 'function') register(task)
}
