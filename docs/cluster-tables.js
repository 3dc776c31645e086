/** The tables of scaling.md, from what `pnpm cluster --out docs/data/cluster.json` has written. */
import { readFileSync } from 'node:fs'
import { formatNumber, formatQuantity } from 'ambisync/bench'
import { markdownTable } from './markdown-table.js'
import { machineRows } from './performance-tables.js'

const read = () => JSON.parse(readFileSync(new URL('./data/cluster.json', import.meta.url), 'utf8'))

const names = {
  bullmq: 'BullMQ, `add` and `waitUntilFinished`',
  'bullmq, addBulk': 'BullMQ, `addBulk` and `waitUntilFinished`',
  async: '`.async`',
  sync: '`.sync`',
  ambisync: '`gather`',
}

/** The median of the rounds. */
const show = (summary, unit = '') => (summary === undefined ? '' : formatQuantity(summary.value, unit))

const showRange = ({ value, low, high }, unit = '') =>
  `${formatQuantity(value, unit)} (${formatQuantity(low, unit)} to ${formatQuantity(high, unit)})`

export function clusterMachineTable() {
  const report = read()
  const { node, redis, bullmq, rounds } = report
  return markdownTable(
    ['what', 'which'],
    [
      ...machineRows(report),
      ['Node.js', node],
      ['Redis', `${redis}, on the same machine`],
      ['BullMQ', bullmq],
      ['rounds', rounds],
    ],
  )
}

export function roundTripTable() {
  const { roundTrip } = read().measured
  const rows = Object.entries(roundTrip).map(([name, { p50, p99, ratio, over }]) => [
    names[name],
    showRange(p50, 'us'),
    showRange(p99, 'us'),
    ratio === undefined ? '' : showRange(ratio),
    over === undefined ? '' : showRange(over, 'us'),
  ])
  return markdownTable(['one call after another', 'p50', 'p99', 'to BullMQ', 'above 1.2 times BullMQ'], rows)
}

export function throughputTable() {
  const { measured, settings } = read()
  const { calls } = settings.throughput
  const rows = Object.entries(measured.throughput).map(([name, { rate, ratio }]) => [
    names[name],
    showRange(rate),
    name === 'bullmq' ? '' : showRange(ratio),
  ])
  return markdownTable([`${formatNumber(calls)} calls at the same time`, 'calls per second', 'to BullMQ'], rows)
}

export function growthTable() {
  const { measured, settings, machine } = read()
  const { growth } = measured
  const { waitingTime, concurrency } = settings
  const servers = Object.keys(growth).flatMap((part) => /^waiting, (\d+)$/.exec(part)?.[1] ?? [])
  const rows = servers.map((number) => {
    const [waiting, computing] = ['waiting', 'computing'].map((kind) => growth[`${kind}, ${number}`])
    return [
      number,
      showRange(waiting.rate),
      showRange(waiting.gain),
      showRange(computing.rate),
      showRange(computing.gain),
    ]
  })
  const head = ['servers', 'waiting: calls per second', 'to one', 'computing: calls per second', 'to one']
  const tasks = [
    `The task that waits does so for ${waitingTime} ms, ${concurrency.waiting} of them at the same time on each server`,
    `the one that computes takes ${show(growth.computing.task, 'ms')} alone, ${concurrency.computing} at the same time`,
  ]
  const where = `servers, their caller and Redis share ${machine.cores} cores`
  return `${markdownTable(head, rows)}\n${[...tasks, where].join('; ')}.\n`
}

export function costTable() {
  const { measured } = read()
  const rows = [
    ...costRows(measured.throughput, 'many at the same time'),
    ...costRows(measured.throughputWithFile, 'many, with an append-only file'),
    ...costRows(measured.roundTrip, 'one after another'),
  ]
  const times = ['caller', 'server', 'Redis']
  const head = ['', '', ...times, 'commands', 'scripts', 'bytes to Redis', 'from Redis', 'kept for a result']
  return markdownTable(head, rows)
}

function costRows(summaries, how) {
  return Object.entries(summaries).map(
    ([name, { caller, server, redis, commands, scripts, received, sent, memory }]) => [
      how,
      names[name],
      ...[caller, server, redis].map((time) => show(time, 'us')),
      ...[commands, scripts].map((number) => show(number)),
      ...[received, sent, memory].map((size) => show(size, 'B')),
    ],
  )
}

const hour = 3_600
const million = 1_000_000

/** What follows from the costs of a call, for Redis on one core. */
export function capacityTable() {
  const { throughput, throughputWithFile, roundTrip } = read().measured
  const { memory } = throughput.ambisync
  const columns = [throughput.ambisync, throughputWithFile.ambisync, { ...roundTrip.async, memory }]
  const perSecond = million / hour
  const cores = (time) => `${formatNumber((perSecond * time.value) / 10_000)} % of a core`
  const row = (what, cell) => [what, ...columns.map(cell)]
  const rows = [
    row('calls per second that one Redis carries at most', ({ redis }) => formatNumber(million / redis.value)),
    row('and per hour', ({ redis }) => `${formatNumber(hour / redis.value)} million`),
    row('a million calls an hour: Redis', ({ redis }) => cores(redis)),
    row('commands per second', ({ commands }) => formatNumber(perSecond * commands.value)),
    row('to Redis, per second', ({ received }) => formatQuantity(perSecond * received.value, 'B')),
    row('from Redis, per second', ({ sent }) => formatQuantity(perSecond * sent.value, 'B')),
    row('results of an hour in its memory', ({ memory }) => formatQuantity(million * memory.value, 'B')),
    row('callers, besides what they do', ({ caller }) => cores(caller)),
    row('servers, besides the tasks', ({ server }) => cores(server)),
  ]
  return markdownTable(['', 'many at the same time', 'with an append-only file', 'one after another'], rows)
}

/** What the paper calculation goes by: seconds that a task computes, and how busy things are kept. */
const taskTime = 0.1
const redisBusy = 0.5
const serverBusy = 0.75

/** What so many calls an hour need, each result kept for an hour. */
export function sizesTable() {
  const { throughputWithFile, throughput } = read().measured
  const { redis, server, caller } = throughputWithFile.ambisync
  const { memory } = throughput.ambisync
  const columns = [1, 10, 100, 1_000].map((millions) => (millions * million) / hour)
  const cores = (time, busy) => (perSecond) => formatNumber(Math.ceil((perSecond * time) / busy))
  const row = (what, cell) => [what, ...columns.map(cell)]
  const rows = [
    row('calls per second', (perSecond) => formatNumber(perSecond)),
    row('Redis, one core each', cores(redis.value / million, redisBusy)),
    row('memory for results, in all', (perSecond) => formatQuantity(perSecond * hour * memory.value, 'B')),
    row('cores of servers', cores(taskTime + server.value / million, serverBusy)),
    row('of these for other than the tasks', cores(server.value / million, serverBusy)),
    row('cores of callers, besides what they do', cores(caller.value / million, 1)),
  ]
  return markdownTable(['millions of calls an hour', '1', '10', '100', '1,000'], rows)
}
