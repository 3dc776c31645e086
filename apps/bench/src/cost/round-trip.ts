/**
 * A synchronous round trip of a number, many times, on an otherwise idle process. The argument names the contestant.
 *
 * One contestant to a process: with two, the threads of the one that started first get the better placement.
 * Prints the median in microseconds.
 */
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { createSyncFn } from 'synckit'
import { median } from './median.ts'

const warmUp = 5_000
const calls = 15_000

const contestants: Record<string, () => (value: number) => Promise<number> | number> = {
  ambisync() {
    const loop = startLoop({ adapter: workerThreads() })
    return loop.load<typeof import('../tasks/echo.js')>(new URL('../tasks/echo.js', import.meta.url)).echo.sync
  },
  synckit() {
    return createSyncFn<(value: number) => Promise<number>>(new URL('../tasks/echo-synckit.js', import.meta.url))
  },
}

const start = contestants[process.argv[2] ?? '']
if (start === undefined) throw new Error(`name one of: ${Object.keys(contestants).join(', ')}`)
const call = start()
const times: number[] = []
for (let value = 0; value < warmUp + calls; value++) {
  const begin = performance.now()
  const result = call(value)
  const time = performance.now() - begin
  if (result !== value) throw new Error(`answered ${String(result)} to ${value}`)
  if (value >= warmUp) times.push(time)
}
console.log(median(times) * 1_000)
process.exit()
