import { Bench, type BenchOptions } from 'tinybench'
import type { Effort } from './cell-data.ts'
import { inMacrotask } from './in-macrotask.ts'

export interface TimedCalls {
  /** What is timed. */
  call(): unknown
  /** Throws if a result is not what it has to be. Not timed. */
  check(result: unknown): void
  /** The result is a promise, and its time is until it is fulfilled. */
  readonly isAsync: boolean
  readonly effort: Effort
}

/** Milliseconds. Of a call that takes so long, what it is to be the first is no part worth a second call. */
const longFirst = 2_000

/**
 * Times call after call, each by itself, once they are warm. In milliseconds.
 *
 * Calls that block are not made in a promise job, where not every way of blocking works. The first two calls are not
 * counted, unless they take seconds.
 */
export async function timeCalls(calls: TimedCalls): Promise<readonly number[]> {
  const first = await timeFirst(calls)
  return first > longFirst ? [first] : timeMore(calls)
}

async function timeFirst({ call, check, isAsync }: TimedCalls): Promise<number> {
  const begin = performance.now()
  if (isAsync) {
    const result = await call()
    const time = performance.now() - begin
    check(result)
    return time
  }
  return await inMacrotask(() => {
    const start = performance.now()
    const result = call()
    const time = performance.now() - start
    check(result)
    return time
  })
}

async function timeMore({ call, check, isAsync, effort }: TimedCalls): Promise<readonly number[]> {
  const options: BenchOptions = {
    retainSamples: true,
    throws: true,
    iterations: 1,
    time: effort.time,
    warmupIterations: 1,
    warmupTime: effort.warmUp,
  }
  let result: unknown
  const checkLast = (): void => check(result)
  const bench = new Bench(options)
  if (isAsync) {
    const timed = async (): Promise<void> => {
      result = await call()
    }
    bench.add('calls', timed, { async: true, afterEach: checkLast })
    await bench.run()
  } else {
    const timed = (): void => {
      result = call()
    }
    bench.add('calls', timed, { async: false, afterEach: checkLast })
    await inMacrotask(() => bench.runSync())
  }
  const outcome = bench.tasks[0]?.result
  if (outcome === undefined || !('latency' in outcome)) throw new Error(`the calls were ${outcome?.state}`)
  return outcome.latency.samples ?? []
}
