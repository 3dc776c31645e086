import { adapterContestant } from './adapter-contestant.ts'
import type { Contestant } from './contestant.ts'

export const contestant: Contestant = adapterContestant(
  'child-process, one per call',
  '@ambisync/child-process',
  async () => (await import('@ambisync/child-process')).childProcess({ persistent: false }),
)
