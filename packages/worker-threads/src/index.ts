export type { WorkerOptions as WorkerThreadsOptions } from '@ambisync/node'
export { workerThreads } from './worker-threads.ts'
