/**
 * Kills loops at random under mixed load: `node chaos.js [configuration|all] [seconds] [seed]`, 60 seconds by default.
 * Ends with 1 at a hang, a wrong answer, or a call that is not accounted for. The seed is printed: it repeats what is
 * done, if not when. A full minute with nothing wrong is written to docs/data/chaos.json, which the table in
 * docs/reliability.md is made from.
 */
import { runChaos } from './chaos/run-chaos.ts'
import { configurationNamed, configurations } from './configurations.ts'
import { keepResults } from './keep-results.ts'

const fullRun = 60

const [chosen = 'all', secondsGiven = String(fullRun), seedGiven = String(Date.now() % 1_000_000)] =
  process.argv.slice(2)
const seconds = Number(secondsGiven)
const seed = Number(seedGiven)
if (!(seconds > 0)) throw new RangeError('the number of seconds must be more than 0')
if (!Number.isInteger(seed)) throw new RangeError('the seed must be a whole number')

for (const { name } of chosen === 'all' ? configurations : [configurationNamed(chosen)]) {
  console.log(`${name}: ${seconds} s with seed ${seed}`)
  const { totals, problems } = await runChaos(name, seconds, seed)
  console.log(`  ${JSON.stringify(totals)}`)
  for (const problem of problems.slice(0, 20)) console.log(`  PROBLEM: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
  else if (seconds >= fullRun) keepResults('chaos', [{ configuration: name, seconds, seed, totals }])
}
