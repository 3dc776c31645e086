import { startHost } from '@ambisync/node/host'
import { notFilledIn } from './not-filled-in.ts'

/** The loop's end: `serve` of @ambisync/core/adapter runs on what is made here of `start`, which the channel gave. */
startHost((_start, _callerWake) => notFilledIn('src/worker.ts'))
