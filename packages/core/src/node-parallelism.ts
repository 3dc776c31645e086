/** How many threads can run at the same time: on Node what the process may use, elsewhere what the browser tells. */
export function availableParallelism(): number {
  const os = globalThis.process?.getBuiltinModule?.('node:os')
  return Math.max(1, os?.availableParallelism() ?? hardwareConcurrency())
}

/** Browsers have a `navigator`, and the types of Node 20 do not. */
function hardwareConcurrency(): number {
  const navigator: unknown = Reflect.get(globalThis, 'navigator')
  if (typeof navigator !== 'object' || navigator === null || !('hardwareConcurrency' in navigator)) return 1
  return Number(navigator.hardwareConcurrency) || 1
}
