// Counts the workers of the process by taking the place of the class that makes them, before it is imported.
import { syncBuiltinESMExports } from 'node:module'
import { setTimeout } from 'node:timers/promises'
import workerThreadsModule from 'node:worker_threads'

const names = []
workerThreadsModule.Worker = class extends workerThreadsModule.Worker {
  constructor(entry, options) {
    super(entry, options)
    names.push(options.name)
  }
}
syncBuiltinESMExports()

const { print, start } = await import('./start.js')
const loops = Array.from({ length: 20 }, (_, index) => start({}, { name: `loop ${index}` }))
const answers = loops.map(({ tasks }, index) => tasks.echo.sync(index))
// Every loop dies while the thread is blocked for another's sake: one watchdog has to tell of all of them.
const doomed = loops.map(({ tasks }) => tasks.never.submit())
await setTimeout(100)
print({
  answers,
  loops: names.filter((name) => name.startsWith('loop')).length,
  watchdogs: names.filter((name) => name === 'ambisync-watchdog').length,
})
for (const future of doomed) future.cancel()
