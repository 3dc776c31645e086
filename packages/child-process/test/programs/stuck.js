// Its loop's process is idle, stuck, or asleep for an answer of this one, which is blocked.
import { start } from './start.js'

const how = process.argv[2]
const { tasks } = start()
console.log('child', tasks.pid.sync())
if (how === 'idle') {
  console.log('ready')
  tasks.later.sync(60_000)
} else if (how === 'stuck') {
  tasks.spinAfter.sync(() => console.log('ready'))
} else {
  tasks.askThrough.sync(() => {
    console.log('ready')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
    return 0
  }, 1)
}
