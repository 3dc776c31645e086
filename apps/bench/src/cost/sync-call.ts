/**
 * Blocking calls of `async (x) => x`, one after another, on an otherwise idle process: the median of their times and the
 * 99th percentile, in microseconds, for each payload named. Every answer is checked, between the measured times.
 *
 * One contestant to a process: with two, the threads of the one that started first get the better placement.
 */
import { type Echo, importContestant } from './contestants.ts'
import { readArguments, report } from './figures.ts'
import { median, quantile } from './median.ts'
import { type Payload, payloads } from './payloads.ts'

/** Where a call takes long, there are fewer of them; in milliseconds. */
const longestWarmUp = 800
const longestRun = 1_500

function timeCalls(echo: Echo, payload: Payload, calls: number, limit: number): Float64Array {
  const times = new Float64Array(calls)
  const deadline = performance.now() + limit
  let made = 0
  for (; made < calls && performance.now() < deadline; made++) {
    const value = payload.make(made)
    const begin = performance.now()
    const result = echo(value)
    times[made] = (performance.now() - begin) * 1_000
    if (!payload.isSame(result, value)) throw new Error(`wrong answer to call ${made}`)
  }
  return times.subarray(0, made)
}

const { contestant, parts } = readArguments()
const start = await importContestant(contestant)
// Not in a promise job, where not every contestant can block.
setImmediate(() => {
  const calls = start()
  const measured = parts.map((part) => {
    const payload = payloads[part]
    if (payload === undefined) throw new Error(`there is no payload "${part}"`)
    const echo = calls(payload.task ?? 'echo')
    timeCalls(echo, payload, payload.calls / 2, longestWarmUp)
    const times = timeCalls(echo, payload, payload.calls, longestRun)
    return [part, { p50: median(times), p99: quantile(times, 0.99) }] as const
  })
  report(Object.fromEntries(measured))
})
