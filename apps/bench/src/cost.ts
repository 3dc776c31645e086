/**
 * What calls cost, beside synckit and others, and what lingering costs: `pnpm cost [processes] [--only pattern]
 * [--json file]`. Exits with 1 if a target is missed.
 *
 * Every figure comes from fresh processes, 11 if not said otherwise, the contestants in turns; what is compared is the
 * median over the processes. Placement decides most of it: two threads on one core wake each other in about 2 us, on two
 * cores of a virtual machine in about 35, so each is measured apart (`placement.ts`).
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { canPin, keepCoresBusy, type Placement } from 'ambisync/bench'
import type { Figures } from './cost/figures.ts'
import { judge } from './cost/judge.ts'
import { scriptCommand } from './cost/placement.ts'
import { type Row, tables } from './cost/rows.ts'
import { formatTable } from './table.ts'

const { values, positionals } = parseArgs({
  options: { only: { type: 'string', default: '' }, json: { type: 'string' } },
  allowPositionals: true,
})
const processes = Number(positionals[0] ?? 11)
if (!Number.isInteger(processes) || processes < 1) throw new RangeError('the argument is a number of processes')
const pattern = new RegExp(values.only)

/** These take seconds each, and vary less. */
const fewProcesses = Math.ceil(processes / 4)
const slowScripts = ['processor-time', 'lateness']

/** What one process is to measure, and what all that did so have measured. */
interface Run {
  readonly script: string
  readonly placement: Placement
  readonly contestant: string
  readonly parts: readonly string[]
  readonly measured: Figures[]
}

function isWanted(row: Row): boolean {
  return (canPin || row.placement !== 'pinned') && pattern.test(`${row.contestant}, ${row.placement}: ${row.name}`)
}

const wanted = tables.map(({ title, rows }) => ({ title, rows: rows.filter(isWanted) }))
const rows = wanted.flatMap((table) => table.rows)
if (rows.length === 0) throw new Error(`there is no row like "${values.only}"`)

const runs = new Map<string, Run>()
for (const { script, placement, contestant, peer, part } of rows) {
  for (const name of peer === undefined ? [contestant] : [peer, contestant]) {
    const key = runKey(script, placement, name)
    const parts = runs.get(key)?.parts ?? []
    if (!parts.includes(part))
      runs.set(key, { script, placement, contestant: name, parts: [...parts, part], measured: [] })
  }
}

function runKey(script: string, placement: Placement, contestant: string): string {
  return [script, placement, contestant].join()
}

function measured(row: Row, contestant: string | undefined): readonly Figures[] {
  return (contestant && runs.get(runKey(row.script, row.placement, contestant))?.measured) || []
}

function measure({ script, placement, contestant, parts, measured }: Run): void {
  const [command, ...args] = scriptCommand(script, [contestant, ...parts], placement === 'pinned')
  measured.push(JSON.parse(execFileSync(command, args, { encoding: 'utf8', timeout: 120_000 })))
}

for (const placement of ['free', 'pinned', 'busy'] as const) {
  const busy = placement === 'busy' ? await keepCoresBusy() : undefined
  try {
    for (let turn = 0; turn < processes; turn++) {
      for (const run of runs.values()) {
        if (run.placement !== placement || (turn >= fewProcesses && slowScripts.includes(run.script))) continue
        measure(run)
      }
    }
  } finally {
    busy?.end()
  }
}

if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ node: process.version, runs: [...runs.values()] }))

console.log(`Node.js ${process.version} on ${cpus().length} cores`)
const head = ['contestant', 'placement', 'figure', 'processes', 'itself', 'peer', 'compared', 'target', 'ratio of p99']
for (const { title, rows } of wanted) {
  if (rows.length === 0) continue
  const verdicts = rows.flatMap((row) => judge(row, measured(row, row.contestant), measured(row, row.peer)))
  console.log(`\n${title}`)
  console.log(
    formatTable(
      head,
      verdicts.map(({ cells }) => cells),
    ),
  )
  if (verdicts.some(({ isMissed }) => isMissed)) process.exitCode = 1
}
