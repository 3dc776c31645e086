import { adapterContestant } from './adapter-contestant.ts'
import type { Contestant } from './contestant.ts'

export const contestant: Contestant = adapterContestant('deasync', '@ambisync/deasync', async () =>
  (await import('@ambisync/deasync')).deasync(),
)
