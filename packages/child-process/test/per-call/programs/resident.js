import { readdirSync, readFileSync } from 'node:fs'
import { print, start } from './start.js'

const threads = () => readdirSync('/proc/self/task').length
const children = () => readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim()
const descriptors = () => readdirSync('/proc/self/fd').length

/** An answer is there a little before its process has ended, and what closes does so when the event loop has turned. */
async function quiet() {
  while (children() !== '') await new Promise((resolve) => setTimeout(resolve, 1))
  await new Promise((resolve) => setTimeout(resolve, 10))
}

const { loop, tasks } = start()
tasks.add.sync(1, 2)
await tasks.add.async(1, 2)
await quiet()
const before = { threads: threads(), descriptors: descriptors() }
let during = 0
for (let call = 0; call < 5; call++) {
  const future = tasks.later.submit(20)
  during = Math.max(during, threads())
  future.result()
}
await Promise.all([tasks.add.async(1, 2), tasks.add.async(3, 4)])
await quiet()
print({ before, during, after: { threads: threads(), descriptors: descriptors() } })
await loop.stop()
