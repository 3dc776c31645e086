import { childProcess } from '@ambisync/child-process'
import { startLoop } from '@ambisync/core'
import { print } from './start.js'

const loop = startLoop({ adapter: childProcess(), grace: 500 })
const tasks = loop.load(new URL('./blocked-tasks.js', import.meta.url))
const answer = tasks.block.sync(10)
const before = tasks.pid.sync()
// It does not come to its end within its grace, but it can acknowledge its cancellation meanwhile.
const blocked = tasks.block.submit(2_000)
await new Promise((resolve) => setTimeout(resolve, 300))
blocked.cancel()
print({ answer, same: (await tasks.pid.async()) === before })
await loop.stop()
