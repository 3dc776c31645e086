/**
 * A gather of calls that keep a thread busy: over a pool of one loop, and over one of as many as there are cores, in
 * turns. How many times faster the second is, the median of the rounds.
 */
import { gather, type Pool, startPool } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { countPrimes } from '../tasks/primes.js'
import { report } from './figures.ts'
import { median } from './median.ts'

const rounds = 7
const calls = 32
const limit = 200_000

const expected = countPrimes(limit)

/** Milliseconds for all of the calls. */
function time(pool: Pool): number {
  const tasks = pool.load<typeof import('../tasks/primes.js')>(new URL('../tasks/primes.js', import.meta.url))
  const start = performance.now()
  const counts = gather(Array.from({ length: calls }, () => tasks.countPrimes.submit(limit))).result()
  const ms = performance.now() - start
  if (counts.length !== calls || counts.some((count) => count !== expected)) throw new Error('counted wrong')
  return ms
}

const adapter = workerThreads()
const one = startPool({ adapter, size: 1 })
const many = startPool({ adapter })
// Started, imported and optimized before it counts.
time(one)
time(many)
const gains = Array.from({ length: rounds }, () => time(one) / time(many))
report({ pool: { gain: median(gains) } })
