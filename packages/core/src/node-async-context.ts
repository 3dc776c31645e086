/** Storage that follows asynchronous code, where the runtime has it: Node's `AsyncLocalStorage`. */
export interface AsyncStorage<T> {
  run<R>(value: T, task: () => R): R
  getStore(): T | undefined
}

export function createAsyncStorage<T>(): AsyncStorage<T> | undefined {
  const hooks = globalThis.process?.getBuiltinModule?.('node:async_hooks')
  return hooks && new hooks.AsyncLocalStorage<T>()
}
