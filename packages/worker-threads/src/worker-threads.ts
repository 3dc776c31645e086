import type { Adapter } from '@ambisync/core'
import { checkWorkerOptions, type WorkerOptions, withinLimits } from '@ambisync/node'
import { adapterName } from './adapter-name.ts'
import { WorkerThreadChannel } from './channel.ts'

/**
 * Runs loops in worker threads. Values cross by structured clone over a `MessagePort`; the caller blocks by
 * `Atomics.wait`.
 *
 * @param options what Node takes for the worker: `name`, `env`, `execArgv`, `argv`, `resourceLimits`, `workerData`
 * @throws {TypeError} for an option that there is not
 * @example const loop = startLoop({ adapter: workerThreads({ resourceLimits: { maxOldGenerationSizeMb: 256 } }) })
 */
export function workerThreads(options: WorkerOptions = {}): Adapter {
  const worker = checkWorkerOptions(options, 'workerThreads')
  return {
    name: adapterName,
    capabilities: withinLimits({
      runsOn: 'worker thread',
      modules: 'url',
      survives: ['exit', 'throw', 'out of memory'],
      kill: true,
      callbacks: true,
      streams: true,
      relay: true,
      transfer: true,
      resident: true,
    }),
    open: (open) => new WorkerThreadChannel(worker, open),
  }
}
