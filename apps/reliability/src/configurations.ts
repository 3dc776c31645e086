/** Who takes part in the failure matrix, the soak and the chaos run. A new adapter is a line here, and needs nothing else. */
import { atomics } from '@ambisync/atomics'
import type { Adapter } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'

export interface Configuration {
  /** As in tables and on the command line. */
  readonly name: string
  readonly create: () => Adapter
}

export const configurations: readonly Configuration[] = [
  { name: 'worker-threads', create: () => workerThreads() },
  {
    name: 'worker-threads-limited',
    create: () => workerThreads({ resourceLimits: { maxOldGenerationSizeMb: 64, stackSizeMb: 2 } }),
  },
  { name: 'atomics', create: () => atomics() },
  { name: 'atomics-small-ring', create: () => atomics({ ringSize: 4_096 }) },
]

/** @throws {RangeError} naming those that there are */
export function configurationNamed(name: string): Configuration {
  const found = configurations.find((configuration) => configuration.name === name)
  if (found !== undefined) return found
  const names = configurations.map((configuration) => configuration.name).join(', ')
  throw new RangeError(`there is no configuration "${name}"; there are: ${names}`)
}
