// Needs --expose-gc. 100,000 blocking calls, then 10,000 in every mode at random; the heap after a collection is taken
// half-way and at the end of each.
import { print, start } from './start.js'

const { tasks } = start()
let wrong = 0

function heapUsed() {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

const syncHeap = []
for (let half = 0; half < 2; half++) {
  for (let id = 0; id < 50_000; id++) if (tasks.echo.sync(id) !== id) wrong++
  syncHeap.push(heapUsed())
}

// A fixed sequence: a failure can be run again.
let state = 42
const random = (below) => {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31
  // The low bits of such a sequence repeat soon.
  return (state >>> 16) % below
}
const mixedHeap = []
for (let half = 0; half < 2; half++) {
  let pending = []
  for (let id = 0; id < 5_000; id++) {
    const check = (value) => {
      if (value !== id) wrong++
    }
    const duration = random(8)
    const kind = random(4)
    if (kind === 0) check(tasks.echo.sync(id))
    else if (kind === 1) pending.push(tasks.later.async(duration, id).then(check))
    else if (kind === 2) pending.push(tasks.later.submit(duration, id).then(check))
    else if (id % 10 === 0) check(tasks.later.with({ timeout: 60_000 }).sync(duration, id))
    else tasks.later.submit(duration, id).addDoneCallback((future) => check(future.result()))
    if (pending.length === 200) {
      await Promise.all(pending)
      pending = []
    }
  }
  await Promise.all(pending)
  await tasks.later.async(50)
  mixedHeap.push(heapUsed())
}
print({ wrong, syncHeap, mixedHeap, rss: process.memoryUsage().rss })
