/** Serves the queue that it is told of, on a worker thread. */
import { serve } from '@ambisync/bullmq'
import { workerThreads } from '@ambisync/worker-threads'
import { readServerOrder, sayReady } from './server-process.ts'

const { url, queue, concurrency } = readServerOrder()
const add = new URL('../tasks/add.js', import.meta.url)
const tasks = new URL('../tasks/all-tasks.js', import.meta.url)
await serve({ modules: { add, tasks }, adapter: workerThreads(), connection: url, queue, concurrency })
sayReady()
