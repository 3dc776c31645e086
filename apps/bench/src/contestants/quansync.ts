import type { Contestant, Task } from './contestant.ts'
import { notSupported } from './not-supported.ts'

/** It blocks by the synchronous halves of pairs only: what has no such half it cannot call. */
export const contestant: Contestant = {
  name: 'quansync',
  kind: 'peer',
  packageName: 'quansync',
  async load() {
    const { quansync } = await import('quansync')
    const { countPrimes } = await import('../tasks/primes.js')
    const word = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const pair = (sync: (...args: never[]) => unknown, async: (...args: never[]) => Promise<unknown>): Task => {
      const leaf = quansync({ sync: sync as Task, async: async as (...args: readonly unknown[]) => Promise<unknown> })
      const f = quansync(function* (...args: readonly unknown[]) {
        return (yield* leaf(...args)) as unknown
      })
      return (...args) => f.sync(...args)
    }
    const fail = (message: string): never => {
      throw new RangeError(message)
    }
    const { echo, sleep } = await import('../tasks/all-tasks.js')
    const pairs: Partial<Record<string, () => Task>> = {
      echo: () => pair((value: unknown) => value, echo),
      fail: () => pair(fail, async (message: string) => fail(message)),
      sleep: () =>
        pair((ms: number, value: number) => {
          Atomics.wait(word, 0, 0, ms)
          return value
        }, sleep),
      countPrimes: () => pair(countPrimes, async (limit: number) => countPrimes(limit)),
    }
    return () => ({
      task(name) {
        const made = pairs[name]?.()
        if (made === undefined) throw notSupported(`there is no synchronous twin of ${name}`)
        return made
      },
    })
  },
}
