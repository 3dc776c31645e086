// Limits, cancellations and deaths meet a call at every stage of its way: before its process runs, while it does, after it.
import { failureOf, print, start } from './start.js'

const [rounds] = process.argv.slice(2).map(Number)
const { loop, tasks } = start()
const seen = {}
const note = (what) => {
  seen[what] = (seen[what] ?? 0) + 1
}
const check = (holds, what) => {
  if (!holds) throw new Error(what)
}

// How long a call takes here and now, in milliseconds.
const begin = performance.now()
tasks.add.sync(1, 2)
const usual = performance.now() - begin

for (let round = 0; round < rounds; round++) {
  const moment = (usual * 2 * (round + Math.random())) / rounds
  // Every other time the event loop has turned in between.
  if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 0))

  const limited = failureOf(() => tasks.add.with({ timeout: moment }).sync(round, 1))
  check(limited.returned === round + 1 || limited.name === 'TimeoutError', `limited: ${JSON.stringify(limited)}`)
  note(limited.name ?? 'in time')

  const patient = tasks.add.submit(round, 2)
  const waited = failureOf(() => patient.result(moment))
  check(waited.returned === round + 2 || waited.name === 'TimeoutError', `waited: ${JSON.stringify(waited)}`)
  check((round % 3 === 0 ? await patient : patient.result()) === round + 2, 'the call went on, and gave its answer')
  note(waited.name ? 'waited twice' : 'waited once')

  const cancelled = tasks.add.submit('never', 'wanted')
  const other = tasks.add.submit(round, 3)
  failureOf(() => cancelled.result(moment))
  note(cancelled.cancel() ? 'cancelled' : 'too late to cancel')
  check(other.result() === round + 3, 'it concerned no other')

  const died = failureOf(() =>
    round % 2 === 0 ? tasks.dieOfKill.sync(moment / 4) : tasks.dieOfKill.submit(moment / 4).result(),
  )
  check(died.name === 'LoopExitError', `died: ${JSON.stringify(died)}`)
  note(died.signal ?? 'died')
}
await loop.stop()
print(seen)
