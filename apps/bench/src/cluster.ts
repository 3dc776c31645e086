/**
 * `pnpm cluster`: what calls over a queue cost beside BullMQ by itself, what they take of Redis, and how they grow with the
 * processes that serve it. `--help` says how to choose. Exits with 1 if a target is missed.
 *
 * Every figure comes from fresh processes, and a fresh Redis, in each round, in which the contestants take turns in the same
 * process; what is compared is the median over the rounds.
 */
import { writeFileSync } from 'node:fs'
import { parseOptions } from './cluster/options.ts'
import { type ClusterReport, describeRun, type MeasurementName, measurements, summarize } from './cluster/report.ts'
import { runScript } from './cluster/run-script.ts'
import { missedTargets, tablesOf } from './cluster/tables.ts'
import type { Figures } from './cost/figures.ts'
import { formatTable } from './table.ts'

const { rounds, quick, out } = parseOptions(process.argv.slice(2))
const effort = quick ? 'quick' : 'full'

const description = await describeRun(rounds, effort)
const figures: Readonly<Record<MeasurementName, Figures[]>> = {
  roundTrip: [],
  throughput: [],
  throughputWithFile: [],
  growth: [],
}
for (let round = 0; round < rounds; round++) {
  for (const [name, measured] of Object.entries(figures)) {
    measured.push(await runScript(measurements[name as MeasurementName], effort))
  }
}
const report: ClusterReport = {
  ...description,
  measured: {
    roundTrip: summarize(figures.roundTrip),
    throughput: summarize(figures.throughput),
    throughputWithFile: summarize(figures.throughputWithFile),
    growth: summarize(figures.growth),
  },
}

// What took long to measure is on disk before anything else can go wrong.
if (out !== undefined) writeFileSync(out, `${JSON.stringify(report, undefined, 2)}\n`)

const { node, redis, bullmq, machine } = report
console.log(`Node.js ${node}, Redis ${redis}, BullMQ ${bullmq}, on ${machine.cores} cores of ${machine.processor}`)
console.log(`Medians of ${rounds} rounds, and the range of those`)
for (const { title, head, rows } of tablesOf(report)) console.log(`\n${title}\n${formatTable(head, rows)}`)
if (!quick && missedTargets(report).length > 0) process.exitCode = 1
