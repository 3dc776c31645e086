import type { Adapter } from '@ambisync/core'
import { checkWorkerOptions, type WorkerOptions } from '@ambisync/node'
import { adapterName } from './adapter-name.ts'
import { MyAdapterChannel } from './channel.ts'

/**
 * Runs loops in worker threads.
 *
 * @param options what Node takes for the worker: `name`, `env`, `execArgv`, `argv`, `resourceLimits`, `workerData`
 * @throws {TypeError} for an option that there is not
 * @example const loop = startLoop({ adapter: myAdapter() })
 */
export function myAdapter(options: WorkerOptions = {}): Adapter {
  const worker = checkWorkerOptions(options, 'myAdapter')
  return {
    name: adapterName,
    // The least that there is. The suite tests what is declared, and that what is not is refused: declare the rest one by
    // one, as it passes.
    capabilities: {
      runsOn: 'worker thread',
      modules: 'url',
      survives: [],
      resident: true,
    },
    open: (open) => new MyAdapterChannel(worker, open),
  }
}
