/** The calling thread's side: what an adapter needs to start a loop in a worker thread and to hear of its end. */
export { LoopWorker, type LoopWorkerOptions } from './loop-worker.ts'
export { type RelayCodec, type RelayOptions, relay } from './relay.ts'
export type { Connect, RelayEnd, RelayExit } from './relay-end.ts'
export { listeningHidesMessages, withinLimits } from './runtime-limits.ts'
export { checkWorkerOptions, type WorkerOptions } from './worker-options.ts'
