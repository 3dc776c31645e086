// A value that one thread's stack is large enough for, and the other's is not.
import { print, start } from './start.js'

const { tasks } = start({ resourceLimits: { stackSizeMb: 60 } })
const describe = ({ name, message }) => ({ name, message })
const levels = 60_000
const seen = [tasks.count.sync()]
for (const future of [tasks.nested.submit(levels), tasks.nested.submit(1_000)]) {
  const { reason, value } = future.outcome()
  seen.push(reason ? describe(reason) : value.flat(Number.POSITIVE_INFINITY).length)
}
seen.push(await tasks.nested.async(levels).catch(describe), tasks.count.sync())
print(seen)
