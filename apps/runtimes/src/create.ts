/** Makes an adapter by name, on whichever runtime: what the suite's cases are given. */
import { atomics } from '@ambisync/atomics'
import { childProcess } from '@ambisync/child-process'
import type { Adapter } from '@ambisync/core'
import { deasync } from '@ambisync/deasync'
import { workerThreads } from '@ambisync/worker-threads'

/** The adapter, and what its factory is called with: plain data. */
export interface AdapterChoice {
  readonly adapter: 'worker-threads' | 'atomics' | 'child-process' | 'deasync'
  readonly options: object
}

export function create({ adapter, options }: AdapterChoice): Adapter {
  switch (adapter) {
    case 'worker-threads':
      return workerThreads(options)
    case 'atomics':
      return atomics(options)
    case 'child-process':
      return childProcess(options)
    case 'deasync':
      return deasync()
  }
}
