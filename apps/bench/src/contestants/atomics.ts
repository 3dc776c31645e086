import { adapterContestant } from './adapter-contestant.ts'
import type { Contestant } from './contestant.ts'

export const contestant: Contestant = adapterContestant('atomics', '@ambisync/atomics', async () =>
  (await import('@ambisync/atomics')).atomics(),
)
