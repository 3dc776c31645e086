export type { WorkerOptions as MyAdapterOptions } from '@ambisync/node'
export { myAdapter } from './my-adapter.ts'
