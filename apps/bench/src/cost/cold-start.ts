/**
 * The first call, from nothing to its result, imports excluded. The argument names the contestant.
 * Prints milliseconds.
 */
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { createSyncFn } from 'synckit'

const contestants: Record<string, () => number> = {
  ambisync() {
    const loop = startLoop({ adapter: workerThreads() })
    const tasks = loop.load<typeof import('../tasks/echo.js')>(new URL('../tasks/echo.js', import.meta.url))
    return tasks.echo.sync(1)
  },
  synckit() {
    return createSyncFn<(value: number) => Promise<number>>(new URL('../tasks/echo-synckit.js', import.meta.url))(1)
  },
}

const contestant = contestants[process.argv[2] ?? '']
if (contestant === undefined) throw new Error(`name one of: ${Object.keys(contestants).join(', ')}`)
const start = performance.now()
const result = contestant()
const ms = performance.now() - start
if (result !== 1) throw new Error(`answered ${result} to 1`)
console.log(ms)
process.exit()
