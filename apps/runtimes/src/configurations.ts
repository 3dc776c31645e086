import type { AdapterChoice } from './create.ts'

/**
 * The adapters of the matrix, by the names of their columns. Threads have a limit, since without one it takes gigabytes to
 * run out of memory.
 */
export const configurations = {
  'worker-threads': { adapter: 'worker-threads', options: { resourceLimits: { maxOldGenerationSizeMb: 64 } } },
  atomics: { adapter: 'atomics', options: { resourceLimits: { maxOldGenerationSizeMb: 64 } } },
  'child-process': { adapter: 'child-process', options: {} },
  'child-process, one per call': { adapter: 'child-process', options: { persistent: false } },
  deasync: { adapter: 'deasync', options: {} },
} as const satisfies Readonly<Record<string, AdapterChoice>>

export type ConfigurationName = keyof typeof configurations

export const configurationNames: readonly ConfigurationName[] = Object.keys(configurations) as ConfigurationName[]
