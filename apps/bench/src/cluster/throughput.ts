/**
 * Many calls at the same time over a queue, by BullMQ itself and by ambisync, in turns, in the same process and over the
 * same Redis: calls per second, and what each call costs. Each has a server in a process of its own, which idles while the
 * other is measured.
 */
import { gather } from '@ambisync/core'
import { report } from '../cost/figures.ts'
import { median } from '../cost/median.ts'
import type { Pair } from './bare-caller.ts'
import { CostMeter, type Costs, medianCosts } from './costs.ts'
import { readOrder } from './order.ts'
import { startBoth } from './start-both.ts'
import type { ServerProcess } from './start-server.ts'
import { inTurns } from './turns.ts'

const { url, sizes } = readOrder()
const { warmUp, turns, calls } = sizes.throughput
const { bare, bareServer, add, ownServer } = await startBoth(url)
const meter = await CostMeter.connect(url)

type CallAll = (pairs: readonly Pair[]) => readonly number[] | Promise<readonly number[]>

class Contestant {
  readonly name: string
  readonly #server: ServerProcess
  readonly #callAll: CallAll
  readonly #rates: number[] = []
  readonly #costs: Costs[] = []

  constructor(name: string, server: ServerProcess, callAll: CallAll) {
    this.name = name
    this.#server = server
    this.#callAll = callAll
  }

  /** Calls per second. */
  get rate(): number {
    return median(this.#rates)
  }

  get costs(): Costs {
    return medianCosts(this.#costs)
  }

  async takeTurn(): Promise<void> {
    const run = async (): Promise<void> => void this.#rates.push(calls / (await this.makeCalls(calls)))
    this.#costs.push(await meter.measure(this.#server, calls, run))
  }

  /** The seconds that they take. */
  async makeCalls(count: number): Promise<number> {
    const pairs = Array.from({ length: count }, (_, index): Pair => [index, count])
    const begin = performance.now()
    const sums = await this.#callAll(pairs)
    const seconds = (performance.now() - begin) / 1_000
    const isRight = sums.length === count && pairs.every(([a, b], index) => sums[index] === a + b)
    if (!isRight) throw new Error(`${this.name} gave a wrong answer`)
    return seconds
  }
}

const peer = new Contestant('bullmq', bareServer, (pairs) => Promise.all(pairs.map((pair) => bare.call(pair))))
const contestants = [
  peer,
  new Contestant('bullmq, addBulk', bareServer, (pairs) => bare.callInBulk(pairs)),
  new Contestant('ambisync', ownServer, (pairs) => gather(pairs.map((pair) => add.submit(...pair))).result()),
]
for (const contestant of contestants) await contestant.makeCalls(warmUp)
for (const contestant of inTurns(contestants, turns)) await contestant.takeTurn()
report(
  Object.fromEntries(
    contestants.map(({ name, rate, costs }) => [name, { rate, ratio: rate / peer.rate, ...costs }] as const),
  ),
)
