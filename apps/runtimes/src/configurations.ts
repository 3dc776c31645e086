import type { AdapterChoice } from './create.ts'

/** As columns of the matrix are called. */
export type ConfigurationName =
  | 'worker-threads'
  | 'atomics'
  | 'child-process'
  | 'child-process, one per call'
  | 'deasync'

/** The adapters of the matrix. Threads have a limit, since without one it takes gigabytes to run out of memory. */
export const configurations: Readonly<Record<ConfigurationName, AdapterChoice>> = {
  'worker-threads': { adapter: 'worker-threads', options: { resourceLimits: { maxOldGenerationSizeMb: 64 } } },
  atomics: { adapter: 'atomics', options: { resourceLimits: { maxOldGenerationSizeMb: 64 } } },
  'child-process': { adapter: 'child-process', options: {} },
  'child-process, one per call': { adapter: 'child-process', options: { persistent: false } },
  deasync: { adapter: 'deasync', options: {} },
}

export const configurationNames: readonly ConfigurationName[] = Object.keys(configurations) as ConfigurationName[]
