import { adapterContestant } from './adapter-contestant.ts'
import type { Contestant } from './contestant.ts'

export const contestant: Contestant = adapterContestant('child-process', '@ambisync/child-process', async () =>
  (await import('@ambisync/child-process')).childProcess(),
)
