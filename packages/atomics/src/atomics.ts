import type { Adapter } from '@ambisync/core'
import { checkWorkerOptions, type WorkerOptions, withinLimits } from '@ambisync/node'
import { adapterName } from './adapter-name.ts'
import { AtomicsChannel } from './channel.ts'
import { startNodeThread } from './node-thread.ts'
import { checkRingSize, defaultRingSize } from './ring-size.ts'

export interface AtomicsOptions extends WorkerOptions {
  /**
   * Size of the memory for each of the two directions, in bytes: a power of two from 1,024 to 1,073,741,824; 2,097,152
   * by default. Larger messages go through it in pieces, which takes longer. What is not used takes no memory.
   */
  readonly ringSize?: number | undefined
}

/**
 * Runs loops in worker threads. Values cross as bytes in shared memory: the adapter for many short calls.
 *
 * @param options what Node takes for the worker (`name`, `env`, `execArgv`, `argv`, `resourceLimits`, `workerData`), and
 *   `ringSize`
 * @throws {TypeError} for an option that there is not
 * @throws {RangeError} for a `ringSize` that is not one of those
 * @example const loop = startLoop({ adapter: atomics() })
 */
export function atomics(options: AtomicsOptions = {}): Adapter {
  const { ringSize = defaultRingSize, ...worker } = checkWorkerOptions(options, 'atomics', ['ringSize'])
  checkRingSize(ringSize)
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
      resident: true,
    }),
    open: (open) => new AtomicsChannel(ringSize, open, (rings) => startNodeThread(worker, open, rings)),
  }
}
