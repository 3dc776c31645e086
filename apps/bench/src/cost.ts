/**
 * What a synchronous call costs beside synckit's, and a generator function beside quansync's:
 * `node apps/bench/dist/cost.js [processes]`.
 *
 * Every figure comes from fresh processes, the contestants in turns, and what is compared is a ratio. Placement
 * decides most of it: two threads on one core wake each other in about 2 us, on two cores of a virtual machine in
 * about 35, so each is measured apart, `free` on all cores and `pinned` to one (Linux, by `taskset`).
 */
import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { median } from './cost/median.ts'
import { formatTable } from './table.ts'

const processes = Number(process.argv[2] ?? 9)
if (!Number.isInteger(processes) || processes < 1) throw new RangeError('the argument is a number of processes')

type Placement = 'free' | 'pinned'

function measure(script: string, placement: Placement, args: readonly string[] = []): number {
  const node = [process.execPath, fileURLToPath(new URL(`./cost/${script}.js`, import.meta.url)), ...args]
  const [command = '', ...rest] = placement === 'pinned' ? ['taskset', '-c', '0', ...node] : node
  return Number(execFileSync(command, rest, { encoding: 'utf8', timeout: 120_000 }))
}

const rows: string[][] = []
let missed = 0

/** The contestants in turns, each run in a process of its own. */
function compare(
  figure: string,
  script: string,
  placement: Placement,
  unit: string,
  target: number,
  peer = 'synckit',
): void {
  const theirs: number[] = []
  const ours: number[] = []
  for (let run = 0; run < processes; run++) {
    theirs.push(measure(script, placement, [peer]))
    ours.push(measure(script, placement, ['ambisync']))
  }
  const ratio = median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)))
  if (!(ratio <= target)) missed++
  const show = (values: number[]): string => `${median(values).toFixed(1)} ${unit}`
  rows.push([
    `${figure} (${peer})`,
    placement,
    show(theirs),
    show(ours),
    ratio.toFixed(2),
    `at most ${target.toFixed(2)}`,
  ])
}

compare('round trip of a number, p50', 'round-trip', 'free', 'us', 1.1)
if (process.platform === 'linux') compare('round trip of a number, p50', 'round-trip', 'pinned', 'us', 1.1)
compare('first call, cold', 'cold-start', 'free', 'ms', 0.75)
compare('yield* in sync mode', 'generator-function', 'free', 'ns', 2, 'quansync')

for (const placement of process.platform === 'linux' ? (['free', 'pinned'] as const) : (['free'] as const)) {
  const ratio = median(Array.from({ length: processes }, () => measure('callback', placement)))
  if (!(ratio <= 3)) missed++
  rows.push(['callback against plain call', placement, '', '', ratio.toFixed(2), 'at most 3.00'])
}

const rates = Array.from({ length: processes }, () => measure('stream', 'free'))
if (!(median(rates) >= 500_000)) missed++
const perSecond = `${Math.round(median(rates)).toLocaleString('en')}/s`
rows.push(['100,000 streamed items, by .sync', 'free', '', perSecond, '', 'at least 500,000/s'])

const cores = availableParallelism()
const gain = median(Array.from({ length: processes }, () => measure('pool', 'free')))
const leastGain = Math.max(1, 0.7 * cores)
if (cores > 1 && !(gain >= leastGain)) missed++
const poolFigure = `pool of ${cores} against a pool of 1, busy tasks`
rows.push([poolFigure, 'free', '', '', gain.toFixed(2), `at least ${leastGain.toFixed(2)} times as fast`])

const imports = Array.from({ length: processes }, () => measure('import-time', 'free'))
if (!(median(imports) <= 15)) missed++
rows.push(['import core and worker-threads', 'free', '', `${median(imports).toFixed(1)} ms`, '', 'at most 15 ms'])

console.log(`Node.js ${process.version} on ${cpus().length} cores, ${processes} fresh processes a figure`)
console.log(formatTable(['figure', 'placement', 'peer', 'ambisync', 'ratio (median)', 'target'], rows))
process.exitCode = missed === 0 ? 0 : 1
