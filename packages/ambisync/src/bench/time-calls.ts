import { Bench, type BenchOptions } from 'tinybench'
import type { Effort } from './cell.ts'

export interface TimedCalls {
  /** What is timed. */
  call(): unknown
  /** Throws if a result is not what it has to be. Not timed. */
  check(result: unknown): void
  /** The result is a promise, and its time is until it is fulfilled. */
  readonly isAsync: boolean
  readonly effort: Effort
}

/**
 * Times call after call, each by itself, once they are warm. In milliseconds.
 *
 * Calls that block are not made in a promise job, where not every way of blocking works. The first two calls are not
 * counted, however long they take.
 */
export async function timeCalls({ call, check, isAsync, effort }: TimedCalls): Promise<readonly number[]> {
  const options: BenchOptions = {
    retainSamples: true,
    throws: true,
    iterations: 1,
    time: effort.time,
    warmupIterations: 2,
    warmupTime: effort.warmUp,
  }
  let result: unknown
  const checkLast = (): void => check(result)
  const bench = new Bench(options)
  if (isAsync) {
    bench.add('calls', async () => void (result = await call()), { async: true, afterEach: checkLast })
    await bench.run()
  } else {
    bench.add('calls', () => void (result = call()), { async: false, afterEach: checkLast })
    await inMacrotask(() => bench.runSync())
  }
  const outcome = bench.tasks[0]?.result
  if (outcome === undefined || !('latency' in outcome)) throw new Error(`the calls were ${outcome?.state}`)
  return outcome.latency.samples ?? []
}

/** Runs it in a turn of the event loop of its own, not in a promise job. */
export function inMacrotask<T>(run: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(run())
      } catch (error) {
        reject(error)
      }
    })
  })
}
