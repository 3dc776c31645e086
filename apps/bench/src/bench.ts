/** `pnpm bench`: compares every adapter, plain code and other libraries in all scenarios. `--help` says how to choose. */
import { readFileSync, writeFileSync } from 'node:fs'
import {
  changesTable,
  compareReports,
  type FailureRow,
  placements,
  renderReport,
  reportTables,
  sayWinners,
} from 'ambisync/bench'
import { colors } from './command/colors.ts'
import { parseOptions } from './command/options.ts'
import { run } from './command/run.ts'
import { ownRuntime } from './command/runtime.ts'
import { contestantNames, importContestant } from './contestants/index.ts'
import { importScenario, scenarioNames } from './scenarios/index.ts'

const options = parseOptions(process.argv.slice(2))

const report = await run({
  scenarios: await Promise.all((options.scenario ?? scenarioNames).map(importScenario)),
  contestants: await Promise.all((options.only ?? contestantNames).map(importContestant)),
  placements: options.placement ?? placements,
  processes: options.processes,
  effort: { warmUp: options.time / 2, time: options.time },
  runtime: options.runtime ?? ownRuntime,
})

// What took long to measure is on disk before anything else can go wrong.
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report)}\n`)
console.log(reportTables(report, { colors }))
if (options.compare !== undefined) console.log(changesTable(compareReports(options.compare, report), { colors }))
console.log(sayWinners(report))
if (options.html !== undefined) writeFileSync(options.html, await renderReport(report, { failures: readFailures() }))

/** What each adapter does when something dies, as the tests have it. */
function readFailures(): readonly FailureRow[] {
  const file = new URL('../../../docs/data/failure-matrix.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly cells: readonly FailureRow[] }).cells
}
