/**
 * One call after another over a queue, by BullMQ itself and by ambisync, in turns, in the same process and over the same
 * Redis: medians of their times in microseconds, the 99th percentiles, and what each call costs. `over` is what ours take
 * above 1.2 times the median of BullMQ. Each has a server in a process of its own, which idles while the other is measured.
 */
import { report } from '../cost/figures.ts'
import { median, quantile } from '../cost/median.ts'
import type { Pair } from './bare-caller.ts'
import { CostMeter, type Costs, medianCosts } from './costs.ts'
import { readOrder } from './order.ts'
import { allowedRatio } from './sizes.ts'
import { startBoth } from './start-both.ts'
import { inTurns } from './turns.ts'

const { url, sizes } = readOrder()
const { warmUp, turns, calls } = sizes.roundTrip
const { bare, bareServer, add, ownServer } = await startBoth(url)
const meter = await CostMeter.connect(url)

class Contestant {
  readonly name: string
  readonly #server: typeof ownServer
  readonly #call: (pair: Pair) => number | Promise<number>
  readonly #times: number[] = []
  readonly #costs: Costs[] = []
  #made = 0

  constructor(name: string, server: typeof ownServer, call: (pair: Pair) => number | Promise<number>) {
    this.name = name
    this.#server = server
    this.#call = call
  }

  get p50(): number {
    return median(this.#times)
  }

  get figures(): Readonly<Record<string, number>> {
    // Too few for a figure of what is kept: the stream of events fills up meanwhile.
    const { memory: _, ...costs } = medianCosts(this.#costs)
    return { p50: this.p50, p99: quantile(this.#times, 0.99), ...costs }
  }

  async takeTurn(): Promise<void> {
    this.#costs.push(
      await meter.measure(this.#server, calls, async () => void this.#times.push(...(await this.makeCalls(calls)))),
    )
  }

  /** Their times. */
  async makeCalls(count: number): Promise<readonly number[]> {
    const times: number[] = []
    for (let left = count; left > 0; left--) {
      const [a, b] = [this.#made++, left]
      const begin = performance.now()
      const outcome = this.#call([a, b])
      // What blocks has its result by now.
      const result = typeof outcome === 'number' ? outcome : await outcome
      times.push((performance.now() - begin) * 1_000)
      if (result !== a + b) throw new Error(`${this.name} answered ${result} to ${a} + ${b}`)
    }
    return times
  }
}

const peer = new Contestant('bullmq', bareServer, (pair) => bare.call(pair))
const own = [
  new Contestant('async', ownServer, (pair) => add.async(...pair)),
  new Contestant('sync', ownServer, (pair) => add.sync(...pair)),
]
const contestants = [peer, ...own]
for (const contestant of contestants) await contestant.makeCalls(warmUp)
for (const contestant of inTurns(contestants, turns)) await contestant.takeTurn()

const compared = own.map((contestant) => {
  const { name, p50, figures } = contestant
  return [name, { ...figures, ratio: p50 / peer.p50, over: p50 - allowedRatio * peer.p50 }] as const
})
report({ [peer.name]: peer.figures, ...Object.fromEntries(compared) })
