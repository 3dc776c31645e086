/** Where pages are rendered. To have them rendered elsewhere, change the last line. */
import { bullmq } from '@ambisync/bullmq'
import { startLoop, startPool } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'

const module = new URL('./render.js', import.meta.url)
const connection = process.env.REDIS_URL

const places = {
  thread: () => startLoop({ adapter: workerThreads() }).load(module),
  pool: () => startPool({ adapter: workerThreads() }).load(module),
  servers: () => startLoop({ adapter: bullmq({ connection, queue: 'pages' }) }).load('render'),
}

export const { render } = places.thread()
