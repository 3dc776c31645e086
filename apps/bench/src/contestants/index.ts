import { contestant as atomics } from './atomics.ts'
import { contestant as childProcess } from './child-process.ts'
import { contestant as childProcessPerCall } from './child-process-per-call.ts'
import type { Contestant } from './contestant.ts'
import { contestant as deasync } from './deasync.ts'
import { contestant as deasyncAdapter } from './deasync-adapter.ts'
import { contestant as kacirasDeasync } from './kaciras-deasync.ts'
import { contestant as makeSynchronized } from './make-synchronized.ts'
import { contestant as makeSynchronousSubprocess } from './make-synchronous-subprocess.ts'
import { contestant as makeSynchronousWorker } from './make-synchronous-worker.ts'
import { contestant as nativeSync } from './native-sync.ts'
import { contestant as plainAsync } from './plain-async.ts'
import { contestant as quansync } from './quansync.ts'
import { contestant as syncFetch } from './sync-fetch.ts'
import { contestant as syncMessagePort } from './sync-message-port.ts'
import { contestant as syncRequest } from './sync-request.ts'
import { contestant as syncRpc } from './sync-rpc.ts'
import { contestant as synckit } from './synckit.ts'
import { contestant as tinypool } from './tinypool.ts'
import { contestant as workerThreads } from './worker-threads.ts'

/** Importing them imports none of their packages. */
export const contestants: readonly Contestant[] = [
  workerThreads,
  atomics,
  childProcess,
  childProcessPerCall,
  deasyncAdapter,
  nativeSync,
  plainAsync,
  synckit,
  makeSynchronized,
  makeSynchronousWorker,
  makeSynchronousSubprocess,
  syncRpc,
  syncMessagePort,
  deasync,
  kacirasDeasync,
  syncFetch,
  syncRequest,
  quansync,
  tinypool,
]
