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
const longFirst = 10_000

/** As many as say all that there is to say. */
const mostSamples = 100_000

/** Checks may take as long as calls, and then end the measurement. */
const wallFactor = 2

/**
 * Times call after call, each by itself, once they are warm. In milliseconds.
 *
 * Calls that block are not made in a promise job, where not every way of blocking works. The first call is not counted,
 * unless it takes more than ten seconds.
 */
export async function timeCalls(calls: TimedCalls): Promise<readonly number[]> {
  const repeat = calls.isAsync ? repeatAsync : repeatSync
  const { warmUp, time } = calls.effort
  const first = await repeat(calls, 0)
  if ((first[0] ?? 0) > longFirst) return first
  await repeat(calls, warmUp)
  return await repeat(calls, time)
}

/** For so many milliseconds, once at the least. */
function repeatSync(calls: TimedCalls, time: number): Promise<readonly number[]> {
  return inMacrotask(() => {
    const samples = new Samples(time)
    do {
      const begin = performance.now()
      const result = calls.call()
      samples.add(performance.now() - begin)
      calls.check(result)
    } while (samples.areTooFew)
    return samples.taken
  })
}

async function repeatAsync(calls: TimedCalls, time: number): Promise<readonly number[]> {
  const samples = new Samples(time)
  do {
    const begin = performance.now()
    const result = await calls.call()
    samples.add(performance.now() - begin)
    calls.check(result)
  } while (samples.areTooFew)
  return samples.taken
}

class Samples {
  readonly taken: number[] = []
  readonly #time: number
  readonly #end: number
  #spent = 0

  constructor(time: number) {
    this.#time = time
    this.#end = performance.now() + wallFactor * time
  }

  add(sample: number): void {
    this.taken.push(sample)
    this.#spent += sample
  }

  get areTooFew(): boolean {
    return this.#spent < this.#time && this.taken.length < mostSamples && performance.now() < this.#end
  }
}
