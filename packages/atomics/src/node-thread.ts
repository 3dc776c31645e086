import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { OpenOptions } from '@ambisync/core/adapter'
import { LoopWorker, type WorkerOptions } from '@ambisync/node'
import type { Rings, StartedThread } from './loop-thread.ts'
import { NodeClone } from './node-clone.ts'

/** The script of the worker, built as a file beside this one. */
const entry: URL = new URL('./worker.js', import.meta.url)

/** What the worker's script is given. */
export interface NodeStart {
  readonly rings: Rings
  /** For what only the platform can carry: see `node-clone.ts`. */
  readonly shared: MessagePort
}

/** Starts a worker thread of Node's. */
export function startNodeThread(worker: WorkerOptions, open: OpenOptions, rings: Rings): StartedThread {
  const { port1, port2 } = new MessageChannel()
  const start: NodeStart = { rings, shared: port2 }
  const thread = new LoopWorker({ entry, worker, open, start, transfer: [port2] })
  return { thread, clone: new NodeClone(port1), release: () => port1.close() }
}
