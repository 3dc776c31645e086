/**
 * Kills loops at random under mixed load: `node chaos.js [configuration|all] [seconds] [seed]`, 60 seconds by default.
 * Ends with 1 at a hang, a wrong answer, or a call that is not accounted for. The seed is printed: it repeats what is
 * done, if not when.
 */
import { runChaos } from './chaos/run-chaos.ts'
import { configurationNamed, configurations } from './configurations.ts'

const [chosen = 'all', seconds = '60', seedGiven = String(Date.now() % 1_000_000)] = process.argv.slice(2)
const seed = Number(seedGiven)
if (!(Number(seconds) > 0)) throw new RangeError('the number of seconds must be more than 0')
if (!Number.isInteger(seed)) throw new RangeError('the seed must be a whole number')

for (const { name } of chosen === 'all' ? configurations : [configurationNamed(chosen)]) {
  console.log(`${name}: ${seconds} s with seed ${seed}`)
  const { totals, problems } = await runChaos(name, Number(seconds), seed)
  console.log(`  ${JSON.stringify(totals)}`)
  for (const problem of problems.slice(0, 20)) console.log(`  PROBLEM: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}
