/**
 * `pnpm start [rounds]`: the adapters beside synckit and plain code, in less than a minute, ending with who won where.
 *
 * Every answer is checked against what plain code gives. Exits with 1 if one is wrong, or an adapter fails otherwise.
 */
import { reportTables, sayWinners } from 'ambisync/bench'
import { colors } from './command/colors.ts'
import { run } from './command/run.ts'
import { ownRuntime } from './command/runtime.ts'
import { importContestant } from './contestants/index.ts'
import { importScenario } from './scenarios/index.ts'

const rounds = Number(process.argv[2] ?? 5)
if (!Number.isInteger(rounds) || rounds < 1) throw new TypeError('the argument is a number of rounds')

const adapters = ['worker-threads', 'atomics', 'child-process', 'deasync']

/** Who takes part where: as many rounds have to fit as a rank takes. `pnpm bench` has all of them everywhere. */
const shown: Readonly<Record<string, readonly string[]>> = {
  object: [...adapters, 'synckit'],
  cold: [...adapters, 'child-process, one per call', 'synckit'],
  io: [...adapters, 'plain async'],
  prettier: ['worker-threads', 'atomics', 'deasync', 'synckit'],
  http: ['worker-threads', '@ambisync/fetch', 'synckit'],
}

const contestants = await Promise.all([...new Set(Object.values(shown).flat())].map(importContestant))
const scenarios = await Promise.all(Object.keys(shown).map(importScenario))

const report = await run({
  scenarios: scenarios.map((scenario) => ({
    ...scenario,
    without: contestants.map(({ name }) => name).filter((name) => !shown[scenario.name]?.includes(name)),
  })),
  contestants,
  placements: ['free'],
  processes: rounds,
  budget: 52_000,
  effort: { warmUp: 40, time: 40 },
  runtime: ownRuntime,
})

console.log(reportTables(report, { colors }))
console.log(sayWinners(report))
console.log(
  "deasync turns its caller's own event loop: it has no boundary to cross, holds up its caller while it computes, and lets other callbacks run within a call.",
)
const failures = report.results.flatMap(({ scenario, contestant, outcome }) =>
  outcome.kind === 'failed' ? [`${scenario}, ${contestant}: ${outcome.error}`] : [],
)
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1
else console.log('All of them gave the right results.')
