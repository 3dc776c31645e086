// One wait for futures of this adapter and of another, in both orders, from a macrotask and from a promise job.
const { gather, startLoop } = require('@ambisync/core')
const { deasync } = require('@ambisync/deasync')
const { workerThreads } = require('@ambisync/worker-threads')

const here = startLoop({ adapter: deasync() })
const there = startLoop({ adapter: workerThreads() })
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value))
const near = here.inline(wait)
const far = there.inline((ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value)))
const callBack = there.inline(async (f) => await f('from there'))
const dying = there.inline(() => process.exit(3))

const seen = {}
seen.mixed = gather([far.submit(30, 'far'), near.submit(5, 'near'), far.submit(1, 'far again')]).result()
seen.nearLast = gather([near.submit(30, 'near'), far.submit(5, 'far')]).result()
let ticks = 0
const timer = setInterval(() => ticks++, 1)
gather([far.submit(1), near.submit(40)]).result()
clearInterval(timer)
seen.timersFired = ticks > 5
// A callback of the other loop, served while this thread turns; it blocks on this one in turn.
seen.callback = gather([near.submit(30), callBack.submit((text) => `${text}, ${near.sync(1, 'and here')}`)]).result()
seen.death = gather([near.submit(60, 'near'), dying.submit()], { returnExceptions: true })
  .result()
  .map(({ status, value, reason }) => value ?? `${status}: ${reason.name}`)
seen.timeout = (() => {
  try {
    return gather([near.submit(60_000), far.submit(60_000)], { timeout: 20 }).result()
  } catch (error) {
    return error.name
  }
})()

Promise.resolve().then(() => {
  // The other loop can be waited for in a promise job, this one cannot: the wait ends when only that is left.
  const both = gather([far.submit(10, 'far'), near.submit(10, 'near')])
  try {
    seen.inPromiseJob = both.result()
  } catch (error) {
    seen.inPromiseJob = error.name
  }
  seen.farInPromiseJob = far.sync(1, 'far')
  both.then((results) => {
    seen.awaited = results
    console.log(JSON.stringify(seen))
    // A minute of `near` is left.
    process.exit()
  })
})
