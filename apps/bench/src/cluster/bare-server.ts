/** Serves the queue that it is told of with BullMQ by itself: the task runs on the event loop of this process. */
import { Worker } from 'bullmq'
import { add } from '../tasks/add.js'
import { connectBare } from './bare-connection.ts'
import { readServerOrder, sayReady } from './server-process.ts'

const { url, queue, concurrency } = readServerOrder()
const worker = new Worker<{ readonly a: number; readonly b: number }, number>(
  queue,
  ({ data: { a, b } }) => add(a, b),
  {
    connection: connectBare(url),
    concurrency,
  },
)
await worker.waitUntilReady()
sayReady()
