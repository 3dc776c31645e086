/**
 * `pnpm start`: the adapters beside synckit and plain code, in less than a minute, ending with who won where.
 *
 * Every answer is checked against what plain code gives. Exits with 1 if one is wrong, or an adapter fails otherwise.
 */
import { reportTables, sayWinners } from 'ambisync/bench'
import { colors } from './command/colors.ts'
import { run } from './command/run.ts'
import { ownRuntime } from './command/runtime.ts'
import { contestants } from './contestants/index.ts'
import { scenarios } from './scenarios/index.ts'

const shown = ['object', 'bytes', 'cold', 'io', 'prettier', 'http']

/** Others are compared by `pnpm bench`. */
const beside = ['synckit', 'native sync', 'plain async']

/** Where a process for each call takes seconds, which says enough. */
const tooSlow = new Map([
  ['io', ['child-process, one per call', 'synckit', 'native sync']],
  ['prettier', ['child-process, one per call']],
])

const report = await run({
  scenarios: scenarios
    .filter(({ name }) => shown.includes(name))
    .map((scenario) => ({ ...scenario, without: tooSlow.get(scenario.name) ?? [] })),
  contestants: contestants.filter(({ name, kind }) => kind === 'adapter' || beside.includes(name)),
  placements: ['free'],
  processes: 7,
  budget: 48_000,
  effort: { warmUp: 40, time: 60 },
  runtime: ownRuntime,
})

console.log(reportTables(report, { colors }))
console.log(sayWinners(report))
const failures = report.results.flatMap(({ scenario, contestant, outcome }) =>
  outcome.kind === 'failed' ? [`${scenario}, ${contestant}: ${outcome.error}`] : [],
)
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1
else console.log('All of them gave the right results.')
