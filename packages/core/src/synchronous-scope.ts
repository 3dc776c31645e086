import type { AsyncStorage } from './node-async-context.ts'

/** What a runtime without `AsyncLocalStorage` can hold on to: as long as `task` runs, and not beyond its first `await`. */
export class SynchronousScope<T> implements AsyncStorage<T> {
  #value: T | undefined

  run<R>(value: T, task: () => R): R {
    const before = this.#value
    this.#value = value
    try {
      return task()
    } finally {
      this.#value = before
    }
  }

  getStore(): T | undefined {
    return this.#value
  }
}
