import { strategies } from '../strategies.ts'
import type { Probe } from './probe.ts'
import { childProcesses } from './probes/child-process.ts'
import { deasyncAddon } from './probes/deasync-addon.ts'
import { atomicsWait, sharedMemory } from './probes/shared-memory.ts'
import { strategyProbe } from './probes/strategy.ts'
import { typescript } from './probes/typescript.ts'
import { workerThread } from './probes/worker-thread.ts'

/** What the runtime gives. */
export const runtimeProbes: readonly Probe[] = [
  sharedMemory,
  atomicsWait,
  workerThread,
  childProcesses,
  deasyncAddon,
  typescript,
]

/** What comes of it: a blocking call by each strategy. */
export const strategyProbes: readonly Probe[] = strategies.map(strategyProbe)
