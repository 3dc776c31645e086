/**
 * Kills loops at random under mixed load and holds every call to account:
 * `node chaos.js <configuration> <seconds> <seed>`. What a step does follows from the seed and its number.
 */
import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'
import { type LoopExitEvent, startLoop, startPool } from '@ambisync/core'
import type { ChaosReport } from '../chaos/chaos-report.ts'
import { Ledger } from '../chaos/ledger.ts'
import { Load } from '../chaos/load.ts'
import { Target } from '../chaos/target.ts'
import { configurationNamed } from '../configurations.ts'
import { randomNumbers } from '../random-numbers.ts'

/** No call takes as long as this: a watchdog's limit, in milliseconds. */
const longestCall = 60_000

/** Shorter than it is by default, in milliseconds, for more to happen. A busy loop may be killed for it, and is counted. */
const grace = 300

const [configuration = '', seconds = '', seed = ''] = process.argv.slice(2)
const end = performance.now() + Number(seconds) * 1_000

function report(line: ChaosReport): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const ledger = new Ledger((problem) => report({ problem }))
const adapter = configurationNamed(configuration).create()
const targets = [
  new Target('first', startLoop({ adapter, grace, name: 'first' })),
  new Target('second', startLoop({ adapter, grace, name: 'second' })),
  new Target('pool', startPool({ adapter, grace, name: 'pool', size: 2, concurrency: 4 })),
]
const load = new Load(ledger, targets)
let closing = false

subscribe('ambisync.loop.exit', (message) => {
  const event = message as LoopExitEvent
  // The members of a pool have its name and a number.
  if (!closing) ledger.exited(event, event.loop.replace(/-\d+$/, ''))
})

let step = 0
function next(): void {
  report({ step: ++step })
  const oldest = ledger.oldest
  if (oldest !== undefined && performance.now() - oldest.begun > longestCall) {
    ledger.problem(oldest, 'it never settles')
    finish()
    return
  }
  load.step(randomNumbers(Number(seed) + step * 7_919))
  if (performance.now() < end) goOn()
  else settleAll()
}

function goOn(): void {
  if (load.isFull) setTimeout(goOn, 1)
  else setTimeout(next, 0)
}

/** What is under way comes to its end, or is seen not to. */
function settleAll(): void {
  load.finish()
  const age = ledger.oldest === undefined ? 0 : performance.now() - ledger.oldest.begun
  if (age > longestCall && ledger.oldest) ledger.problem(ledger.oldest, 'it never settles')
  if (ledger.open > 0 && age <= longestCall) setTimeout(settleAll, 10)
  else finish()
}

function finish(): void {
  closing = true
  void Promise.all(targets.map(({ loop }) => loop.stop())).then(() => report({ totals: ledger.totals }))
}

// From a timer: an adapter may block by turning this thread's event loop, which takes a macrotask that can be left open.
setTimeout(next, 0)
