import { formatQuantity } from 'ambisync/bench'
import type { ClusterReport, Summaries, Summary } from './report.ts'
import { allowedOver, allowedRatio, leastThroughput, mostServers } from './sizes.ts'

/** For the terminal. */
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What the contestants are called, beside each other. */
const names: Readonly<Record<string, string>> = {
  bullmq: 'BullMQ: add, waitUntilFinished',
  'bullmq, addBulk': 'BullMQ: addBulk, waitUntilFinished',
  async: 'ambisync: .async',
  sync: 'ambisync: .sync',
  ambisync: 'ambisync: gather',
}

export function tablesOf({ measured }: Pick<ClusterReport, 'measured'>): readonly Table[] {
  const { roundTrip, throughput, throughputWithFile, growth } = measured
  return [
    {
      title: 'One call after another',
      head: ['', 'p50', 'p99', 'to BullMQ', `above ${allowedRatio} times BullMQ`, 'target'],
      rows: rowsOf(roundTrip, ({ p50, p99, ratio, over }) => [
        showRange(p50, 'us'),
        showRange(p99, 'us'),
        showRange(ratio),
        showRange(over, 'us'),
        over === undefined
          ? ''
          : `at most ${formatQuantity(allowedOver, 'us')}${over.value > allowedOver ? ': MISSED' : ''}`,
      ]),
    },
    {
      title: 'Many calls at the same time',
      head: ['', 'calls per second', 'to BullMQ', 'target'],
      rows: rowsOf(throughput, ({ rate, ratio }, name) => [
        showRange(rate),
        showRange(ratio),
        name === 'ambisync' ? `at least ${leastThroughput}${isTooSlow(ratio) ? ': MISSED' : ''}` : '',
      ]),
    },
    costTable('What each of many costs', throughput),
    costTable('What each of many costs, with an append-only file', throughputWithFile),
    costTable('What one after another costs', roundTrip),
    {
      title: 'Servers',
      head: ['', 'waiting: calls per second', 'to one server', 'computing: calls per second', 'to one server'],
      rows: Array.from({ length: mostServers }, (_, index) => {
        const { waiting, computing } = serversOf(growth, index + 1)
        return [
          String(index + 1),
          showRange(waiting?.rate),
          showRange(waiting?.gain),
          showRange(computing?.rate),
          showRange(computing?.gain),
        ]
      }),
    },
  ]
}

/** The targets that were missed. */
export function missedTargets({ measured }: Pick<ClusterReport, 'measured'>): readonly string[] {
  const { roundTrip, throughput } = measured
  return [
    ...['async', 'sync'].filter((name) => !((roundTrip[name]?.over?.value ?? Number.NaN) <= allowedOver)),
    ...(isTooSlow(throughput.ambisync?.ratio) ? ['gather'] : []),
  ]
}

function isTooSlow(ratio: Summary | undefined): boolean {
  return !((ratio?.value ?? Number.NaN) >= leastThroughput)
}

function costTable(title: string, summaries: Summaries): Table {
  return {
    title,
    head: ['', 'caller', 'server', 'Redis', 'commands', 'scripts', 'to Redis', 'from Redis', 'kept'],
    rows: rowsOf(summaries, ({ caller, server, redis, commands, scripts, received, sent, memory }) => [
      ...[caller, server, redis].map((time) => show(time, 'us')),
      ...[commands, scripts].map((number) => show(number)),
      ...[received, sent, memory].map((size) => show(size, 'B')),
    ]),
  }
}

function rowsOf(
  summaries: Summaries,
  cells: (figures: Readonly<Record<string, Summary>>, name: string) => readonly string[],
): Table['rows'] {
  return Object.entries(summaries).map(([name, figures]) => [names[name] ?? name, ...cells(figures, name)])
}

function serversOf(growth: Summaries, servers: number) {
  return { waiting: growth[`waiting, ${servers}`], computing: growth[`computing, ${servers}`] }
}

/** The median, and the range of the rounds. */
function showRange(summary: Summary | undefined, unit = ''): string {
  if (summary === undefined) return ''
  const { low, high } = summary
  return `${show(summary, unit)} (${formatQuantity(low, unit)} to ${formatQuantity(high, unit)})`
}

function show(summary: Summary | undefined, unit = ''): string {
  return summary === undefined ? '' : formatQuantity(summary.value, unit)
}
