import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'

export function start(options, loopOptions) {
  const loop = startLoop({ adapter: workerThreads(options), ...loopOptions })
  return { loop, tasks: loop.load(new URL('./tasks.js', import.meta.url)) }
}

export const print = (value) => console.log(JSON.stringify(value))
