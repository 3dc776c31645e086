/**
 * The main job, end to end: asynchronous code written once (undici, Prettier), called by synchronous code that blocks
 * and by asynchronous code that awaits, on one background event loop. `node main-job.js [pages] [files]`
 *
 * Prints what each way took, the median of three rounds in turns. If two ways of one job give different results it says where, and exits with 1.
 */
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { Presets, SingleBar } from 'cli-progress'
import { median } from './cost/median.ts'
import { firstDifference } from './main-job/first-difference.ts'
import { formatWays } from './main-job/format-ways.ts'
import { pageWays } from './main-job/page-ways.ts'
import type { Timed, Way } from './main-job/way.ts'
import { formatTable } from './table.ts'

const [pages = 200, files = 60] = process.argv.slice(2).map(Number)
if (!Number.isInteger(pages) || !Number.isInteger(files)) throw new TypeError('the arguments are whole numbers')

/** Silent unless it is on a terminal. */
const bar = new SingleBar(
  { format: '{bar} {value}/{total} {name}', clearOnComplete: true, hideCursor: true },
  Presets.rect,
)

/** The first round also pays for starting and warming up, so a way's time is the median of several. */
const rounds = 3

async function time<R>({ name, run }: Way<R>, round: number, items: number): Promise<Timed<R>> {
  bar.start(items, 0, { name: `${name}, round ${round} of ${rounds}` })
  const start = performance.now()
  const results = await run(() => bar.increment())
  const ms = performance.now() - start
  bar.stop()
  return { name, ms, results }
}

/** Runs the ways of one job in turns, and judges all of their results together. A row for each way. */
async function runWays<R>(ways: readonly Way<R>[], items: number): Promise<string[][]> {
  const timed: Timed<R>[] = []
  for (let round = 1; round <= rounds; round++) {
    for (const way of ways) timed.push(await time(way, round, items))
  }
  const difference = firstDifference(timed)
  if (difference !== undefined) {
    console.error(difference)
    process.exitCode = 1
  }
  return ways.map(({ name }) => {
    const ms = median(timed.filter((one) => one.name === name).map((one) => one.ms))
    return [name, String(items), ms.toFixed(0), (ms / items).toFixed(2)]
  })
}

const loop = startLoop({ adapter: workerThreads() })
const { ways, close } = await pageWays(loop, pages)
const rows = [...(await runWays(ways, pages)), ...(await runWays(formatWays(loop, files), files))]
close()
await loop.stop()

console.log(formatTable(['way', 'items', 'total ms', 'ms per item'], rows))
if (process.exitCode !== 1) console.log('All ways gave identical results.')
