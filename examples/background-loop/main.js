/** The life of a background loop: started, given work of both kinds, waited for with a time limit, stopped. */
import { startLoop, TimeoutError } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'

const loop = startLoop({ adapter: workerThreads(), name: 'background' })
const tasks = loop.load(new URL('./tasks.js', import.meta.url))

// Synchronous and asynchronous functions are called alike. This blocks until there is a result.
console.log(tasks.factorial.sync(20n))

// A future is under way while this thread does something else.
const nap = tasks.sleep.submit(300)
nap.addDoneCallback((future) => console.log(`done callback: ${future.result()}`))
console.log(`meanwhile, the nap is ${nap.state}`)

// Waiting may have a limit. When it is up, the call goes on.
try {
  nap.result({ timeout: 20 })
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error
  console.log('not yet')
}
console.log(await nap)

// Stopping waits for what is under way.
const last = tasks.sleep.submit(20)
await loop.stop()
console.log(last.result(), loop.state)
