/** Makes an adapter by name, on whichever runtime: what the suite's cases are given. */
import { atomics } from '@ambisync/atomics'
import { childProcess } from '@ambisync/child-process'
import type { Adapter } from '@ambisync/core'
import { deasync } from '@ambisync/deasync'
import { workerThreads } from '@ambisync/worker-threads'

const factories = { 'worker-threads': workerThreads, atomics, 'child-process': childProcess, deasync }

export interface AdapterChoice {
  readonly adapter: keyof typeof factories
  readonly options: object
}

export function create({ adapter, options }: AdapterChoice): Adapter {
  return factories[adapter](options)
}
