import { parentPort } from 'node:worker_threads'
import { markDead } from './vitals.ts'
import type { Watched } from './watchdog.ts'

parentPort?.on('message', ({ flags, wake, life }: Watched) => {
  life.on('close', () => markDead({ flags, wake }))
})
