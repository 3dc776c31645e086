/** What the drop-in costs beside synckit: whole runs of ESLint, and calls of eslint-plugin-prettier's worker. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installConsumers } from './consumers.ts'
import { lintArguments } from './lint.ts'
import { type Measured, measure } from './measure.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, keep: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds must be a whole number from 1 up`)

interface Result {
  readonly what: string
  readonly unit: string
  readonly ours: number
  readonly theirs: number
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ambisync-drop-in-')))
try {
  const { code, ours, theirs } = await installConsumers(folder)
  const consumers = { ours, theirs }
  const results: Result[] = []

  const lints = inTurns((consumer) => measure(lintArguments(consumers[consumer], 'node', 'broken'), code, [1]))
  requireSame(lints)
  results.push(
    compared('eslint of a code base, wall time', 'ms', lints, ({ wall }) => wall),
    compared('eslint of a code base, processor time', 'ms', lints, ({ processor }) => processor),
  )

  const calls = inTurns((consumer) => measure([join(consumers[consumer], 'time-calls.cjs')], code, [0]))
  const times =
    (pick: (times: CallTimes) => number) =>
    ({ stdout }: Measured): number =>
      pick(JSON.parse(stdout))
  results.push(
    compared(
      'start and first call',
      'ms',
      calls,
      times(({ first }) => first),
    ),
    compared(
      'a call among the first 400',
      'µs',
      calls,
      times(({ early }) => early),
    ),
    compared(
      'a call later',
      'µs',
      calls,
      times(({ late }) => late),
    ),
  )

  const [processor] = cpus()
  const machine = {
    node: process.versions.node,
    processor: processor?.model,
    processors: availableParallelism(),
    load: loadavg()[0],
  }
  if (values.keep) {
    const path = new URL('../../../docs/data/drop-in.json', import.meta.url)
    writeFileSync(path, `${JSON.stringify({ rounds, ...machine, results }, undefined, 2)}\n`)
  }
  console.log(`medians of ${rounds} rounds in turns; load of the machine: ${machine.load?.toFixed(1)}`)
  console.table(
    results.map(({ what, unit, ours, theirs }) => ({
      what,
      unit,
      ours,
      synckit: theirs,
      ratio: (ours / theirs).toFixed(2),
    })),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface CallTimes {
  readonly first: number
  readonly early: number
  readonly late: number
}

type Runs = Readonly<Record<'ours' | 'theirs', readonly Measured[]>>

/** Who comes first changes from round to round. */
function inTurns(run: (consumer: 'ours' | 'theirs') => Measured): Runs {
  const runs = { ours: [] as Measured[], theirs: [] as Measured[] }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)
    for (const consumer of order) runs[consumer].push(run(consumer))
  }
  return runs
}

function requireSame({ ours, theirs }: Runs): void {
  const [first, ...others] = [...ours, ...theirs].map(({ stdout }) => stdout)
  if (others.some((other) => other !== first)) throw new Error('the reports differ: there is nothing to compare')
}

function compared(what: string, unit: string, runs: Runs, pick: (run: Measured) => number): Result {
  const typical = (runs: readonly Measured[]): number => Number(median(runs.map(pick)).toPrecision(4))
  return { what, unit, ours: typical(runs.ours), theirs: typical(runs.theirs) }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 === 0 ? sorted.slice(middle - 1) : [sorted[middle], sorted[middle]]
  return (low + high) / 2
}
