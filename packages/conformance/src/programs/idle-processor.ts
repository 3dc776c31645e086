import { blocking } from '../blocking.ts'
import { start } from './start.ts'

/** Milliseconds without anything to do. */
const rest = 600

/** A thread that looks for work again and again uses all the processor that it gets; one that sleeps hardly any. */
function report(what: string, since: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(since)
  const used = (user + system) / 1_000
  console.log(`${what}: ${used < rest / 10 ? 'idle' : `${used} of ${rest} ms`}`)
}

const { tasks } = await start()
// What it takes to start has been done by then.
await blocking(() => tasks.later.sync(300))
const blocked = process.cpuUsage()
await blocking(() => tasks.later.sync(rest))
report('blocked', blocked)
const awaiting = process.cpuUsage()
await tasks.later.async(rest)
report('awaiting', awaiting)
