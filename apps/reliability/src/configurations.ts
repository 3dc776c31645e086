/** Who takes part in the failure matrix, the soak and the chaos run. A new adapter is a line here, and needs nothing else. */
import { atomics } from '@ambisync/atomics'
import { childProcess } from '@ambisync/child-process'
import type { Adapter } from '@ambisync/core'
import { deasync } from '@ambisync/deasync'
import { workerThreads } from '@ambisync/worker-threads'

export interface Configuration {
  /** As in tables and on the command line. */
  readonly name: string
  /** What the adapter is made with. Plain data. */
  readonly options: object
  readonly create: () => Adapter
}

export const configurations: readonly Configuration[] = [
  configuration('worker-threads', workerThreads, {}),
  configuration('worker-threads-limited', workerThreads, {
    resourceLimits: { maxOldGenerationSizeMb: 64, stackSizeMb: 2 },
  }),
  configuration('atomics', atomics, {}),
  configuration('atomics-small-ring', atomics, { ringSize: 4_096 }),
  configuration('child-process', childProcess, {}),
  configuration('child-process-per-call', childProcess, { persistent: false }),
  configuration('deasync', deasync, {}),
]

function configuration<O extends object>(name: string, make: (options: O) => Adapter, options: O): Configuration {
  return { name, options, create: () => make(options) }
}

/** @throws {RangeError} naming those that there are */
export function configurationNamed(name: string): Configuration {
  const found = configurations.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = configurations.map((each) => each.name).join(', ')
  throw new RangeError(`there is no configuration "${name}"; there are: ${names}`)
}
