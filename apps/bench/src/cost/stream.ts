/**
 * Synchronous iteration over an async generator on a loop: 100,000 small items, several times. In items per millisecond, the
 * median of the rounds.
 */
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { report } from './figures.ts'
import { median } from './median.ts'

const rounds = 15
const items = 100_000

const loop = startLoop({ adapter: workerThreads() })
const tasks = loop.load<typeof import('../tasks/echo.js')>(new URL('../tasks/echo.js', import.meta.url))

const rates: number[] = []
for (let round = 0; round < rounds; round++) {
  const start = performance.now()
  let next = 0
  for (const { id } of tasks.yieldItems.sync(items)) {
    if (id !== next++) throw new Error(`item ${next - 1} came as ${id}`)
  }
  rates.push(items / (performance.now() - start))
  if (next !== items) throw new Error(`${next} items instead of ${items}`)
}
report({ stream: { rate: median(rates) } })
