import { adapterContestant } from './adapter-contestant.ts'
import type { Contestant } from './contestant.ts'

export const contestant: Contestant = adapterContestant('worker-threads', '@ambisync/worker-threads', async () =>
  (await import('@ambisync/worker-threads')).workerThreads(),
)
