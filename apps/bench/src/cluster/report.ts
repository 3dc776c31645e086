import { RedisServer } from '@ambisync-apps/redis-server'
import { describeMachine, type Report } from 'ambisync/bench'
import { installedVersion } from '../command/versions.ts'
import type { Figures } from '../cost/figures.ts'
import { median } from '../cost/median.ts'
import { RedisUse } from './redis-use.ts'
import type { Measurement } from './run-script.ts'
import { computingLimit, concurrency, type Effort, sizes, waitingTime } from './sizes.ts'

/** The median of the rounds, the least and the most of them. */
export interface Summary {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Each figure by its name, of each part of a measurement. */
export type Summaries = Readonly<Record<string, Readonly<Record<string, Summary>>>>

export type MeasurementName = 'roundTrip' | 'throughput' | 'throughputWithFile' | 'growth'

/** How each of them is made, in the order in which they are. */
export const measurements: Readonly<Record<MeasurementName, Measurement>> = {
  roundTrip: { script: 'round-trip' },
  throughput: { script: 'throughput' },
  /** As is advised for a queue: what was written in the last second may be lost. */
  throughputWithFile: { script: 'throughput', redis: { appendOnly: true, config: { appendfsync: 'everysec' } } },
  growth: { script: 'growth' },
}

/** What is written down of a run. */
export interface ClusterReport {
  readonly created: string
  readonly node: string
  readonly redis: string
  readonly bullmq: string
  readonly machine: Report['machine']
  readonly rounds: number
  readonly settings: object
  readonly measured: Readonly<Record<MeasurementName, Summaries>>
}

/** What is known before the first round. */
export async function describeRun(rounds: number, effort: Effort): Promise<Omit<ClusterReport, 'measured'>> {
  return {
    created: new Date().toISOString(),
    node: process.versions.node,
    redis: await redisVersion(),
    bullmq: installedVersion('bullmq') ?? 'unknown',
    machine: describeMachine(),
    rounds,
    settings: { ...sizes[effort], concurrency, waitingTime, computingLimit },
  }
}

async function redisVersion(): Promise<string> {
  const server = await RedisServer.start()
  try {
    const redis = await RedisUse.connect(server.url)
    const version = await redis.version()
    redis.disconnect()
    return version
  } finally {
    await server.stop()
  }
}

/** Of all rounds of a measurement. */
export function summarize(rounds: readonly Figures[]): Summaries {
  const [first = {}] = rounds
  return mapValues(first, (figures, part) =>
    mapValues(figures, (_, name) => summaryOf(rounds.map((round) => round[part]?.[name] ?? Number.NaN))),
  )
}

function summaryOf(values: readonly number[]): Summary {
  const short = (value: number): number => Number(value.toPrecision(5))
  return { value: short(median(values)), low: short(Math.min(...values)), high: short(Math.max(...values)) }
}

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  f: (value: V, name: string) => W,
): Readonly<Record<string, W>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)]))
}
