// Waits inside waits, timers, and done callbacks.
const { startLoop } = require('@ambisync/core')
const { deasync } = require('@ambisync/deasync')

const loop = startLoop({ adapter: deasync() })
const wait = loop.inline((ms) => new Promise((resolve) => setTimeout(resolve, ms)))

const nested = []
setTimeout(() => {
  wait.sync(60)
  nested.push('inner')
}, 5)
wait.sync(20)
nested.push('outer')

const fired = []
for (const ms of [1, 1, 2, 5, 20]) setTimeout(() => fired.push(ms), ms)
setImmediate(() => fired.push('immediate'))
Promise.resolve().then(() => fired.push('promise'))
process.nextTick(() => fired.push('tick'))
wait.sync(60)

const done = []
const future = wait.submit(5)
future.addDoneCallback(() => done.push('first'))
future.addDoneCallback(() => done.push('second'))
future.result()
done.push('result')

// Timers of the same duration, one of which blocks: those that were there, and one that joins them.
const sameDuration = []
const after = loop.inline((ms) => new Promise((resolve) => setTimeout(resolve, ms, sameDuration.length)))
setTimeout(() => {
  setTimeout(() => sameDuration.push('joined'), 7)
  after.sync(7)
  sameDuration.push('blocked')
}, 7)
setTimeout(() => sameDuration.push('beside'), 7)
setTimeout(() => {
  console.log(JSON.stringify({ nested, fired, done, sameDuration }))
}, 100)
