/**
 * Calls per second over a queue with one process that serves it, with two, and so on: of a task that waits, and of one that
 * computes. `gain` is how many times as many as with one. How long the latter takes alone is `task`, in milliseconds.
 */
import { bullmq } from '@ambisync/bullmq'
import { type Future, gather, startLoop } from '@ambisync/core'
import { type Figures, report } from '../cost/figures.ts'
import { median } from '../cost/median.ts'
import { countPrimes } from '../tasks/primes.js'
import { readOrder } from './order.ts'
import { computingLimit, concurrency, mostServers, waitingTime } from './sizes.ts'
import { type ServerProcess, startServer } from './start-server.ts'

const { url, sizes } = readOrder()

/** What is called, each call by its number, and what has to come of it. */
interface Work {
  readonly name: 'waiting' | 'computing'
  readonly submit: (call: number) => Future<number>
  readonly expected: (call: number) => number
}

/** Milliseconds for all of them. */
function time({ name, submit, expected }: Work, calls: number): number {
  const begin = performance.now()
  const results = gather(Array.from({ length: calls }, (_, call) => submit(call))).result()
  const taken = performance.now() - begin
  const isRight = results.length === calls && results.every((result, call) => result === expected(call))
  if (!isRight) throw new Error(`the task that is ${name} gave a wrong answer`)
  return taken
}

async function measure(work: Work): Promise<Figures> {
  const { name } = work
  const servers: ServerProcess[] = []
  const rates: number[] = []
  for (let number = 1; number <= mostServers; number++) {
    servers.push(await startServer('own-server', { url, queue: name, concurrency: concurrency[name] }))
    // Each of them has a few, which has their code compiled.
    time(work, 2 * concurrency[name] * number)
    rates.push(sizes.growth[name] / (time(work, sizes.growth[name]) / 1_000))
  }
  for (const server of servers) server.end()
  return Object.fromEntries(
    rates.map((rate, index) => [`${name}, ${index + 1}`, { rate, gain: rate / (rates[0] ?? Number.NaN) }]),
  )
}

function tasksOn(queue: Work['name']) {
  const loop = startLoop({ adapter: bullmq({ connection: url, queue }) })
  return loop.load<typeof import('../tasks/all-tasks.js')>('tasks')
}

function timeAlone(): number {
  const begin = performance.now()
  countPrimes(computingLimit)
  return performance.now() - begin
}

const task = median(Array.from({ length: 9 }, timeAlone))
const { sleep } = tasksOn('waiting')
const waiting: Work = {
  name: 'waiting',
  submit: (call) => sleep.submit(waitingTime, call),
  expected: (call) => call,
}
const primes = countPrimes(computingLimit)
const { countPrimes: countThere } = tasksOn('computing')
const computing: Work = {
  name: 'computing',
  submit: () => countThere.submit(computingLimit),
  expected: () => primes,
}
report({ ...(await measure(waiting)), ...(await measure(computing)), computing: { task } })
