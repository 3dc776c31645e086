import type { Contestant, Task } from './contestant.ts'
import { notSupported } from './not-supported.ts'

/** No asynchronous code at all, where there is a synchronous twin of it: the least that the work itself takes. */
export const contestant: Contestant = {
  name: 'native sync',
  kind: 'native',
  async load() {
    const { countPrimes } = await import('../tasks/primes.js')
    const word = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const twins: Record<string, (...args: never[]) => unknown> = {
      echo: (value: unknown) => value,
      fail(message: string) {
        throw new RangeError(message)
      },
      sleep(ms: number, value: number) {
        Atomics.wait(word, 0, 0, ms)
        return value
      },
      countPrimes,
    }
    return () => ({
      task(name) {
        const { [name]: twin } = twins
        if (twin === undefined) throw notSupported(`there is no synchronous twin of ${name}`)
        return twin as Task
      },
      sumOfItems(count) {
        let sum = 0
        for (const number of numbers(count)) sum += number
        return sum
      },
      callBack(times, f) {
        let sum = 0
        for (let time = 0; time < times; time++) sum += f(time)
        return sum
      },
    })
  },
}

function* numbers(count: number): Generator<number, void> {
  for (let number = 0; number < count; number++) yield number
}
