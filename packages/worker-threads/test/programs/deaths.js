// Out of memory on each of several loops, one after another and all at once, from a blocked thread.
import { print, start } from './start.js'

const options = { resourceLimits: { maxOldGenerationSizeMb: 16 } }
const loops = Array.from({ length: 5 }, () => start(options))
const seen = []
for (const { tasks } of loops) seen.push(tasks.outOfMemory.submit().outcome().reason.code)
const together = loops.map(({ tasks }) => tasks.outOfMemory.submit())
for (const future of together) seen.push(/memory/.test(future.outcome().reason.cause.message))
for (const { tasks } of loops) seen.push(tasks.echo.sync('alive'))
print(seen)
