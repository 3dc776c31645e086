// Needs --expose-gc. Blocking calls; the heap after a collection is taken half-way and at the end.
import { print, start } from './start.js'

const { tasks } = start()
let wrong = 0
const heap = []
for (let half = 0; half < 2; half++) {
  for (let id = 0; id < 15_000; id++) if (tasks.echo.sync(id) !== id) wrong++
  globalThis.gc()
  globalThis.gc()
  heap.push(process.memoryUsage().heapUsed)
}
print({ wrong, grown: heap[1] - heap[0] })
