import { median } from '../cost/median.ts'
import { RedisUse } from './redis-use.ts'
import { processorTime } from './server-process.ts'
import type { ServerProcess } from './start-server.ts'

/**
 * What calls have cost: `caller`, `server` and `redis` are microseconds of processor time, of all threads of the process; the
 * rest is {@link RedisUse}.
 */
export type Costs = Readonly<Record<string, number>>

/** Measures what calls cost. */
export class CostMeter {
  readonly #redis: RedisUse

  static async connect(url: string): Promise<CostMeter> {
    return new CostMeter(await RedisUse.connect(url))
  }

  private constructor(redis: RedisUse) {
    this.#redis = redis
  }

  /** What each of so many calls costs that `run` makes of a server. */
  async measure(server: ServerProcess, calls: number, run: () => Promise<void>): Promise<Costs> {
    const before = await this.#look(server)
    await run()
    const after = await this.#look(server)
    return mapCosts(after, (total, what) => (total - (before[what] ?? Number.NaN)) / calls)
  }

  async #look(server: ServerProcess): Promise<Costs> {
    return { ...(await this.#redis.look()), server: await server.processorTime(), caller: processorTime() }
  }
}

/** Of several measurements each figure by itself. */
export function medianCosts(measured: readonly Costs[]): Costs {
  return mapCosts(measured[0] ?? {}, (_, what) => median(measured.map((costs) => costs[what] ?? Number.NaN)))
}

function mapCosts(costs: Costs, f: (value: number, what: string) => number): Costs {
  return Object.fromEntries(Object.entries(costs).map(([what, value]) => [what, f(value, what)]))
}
