import { parentPort } from 'node:worker_threads'
import type { HostLink } from '@ambisync/core/adapter'
import { promiseLastWords } from './last-words.ts'
import { importModule, resolveModule } from './modules.ts'
import { writeOutputDirectly } from './task-output.ts'
import { ENTERED, type Vitals } from './vitals.ts'

/** The first message to a loop's worker: its vitals, and what the adapter has for it. */
export interface HostStart {
  readonly vitals: Vitals
  readonly start: unknown
}

/** Kept for as long as the thread lives: a life line that was garbage collected would close, as at a death. */
let vitals: Vitals | undefined

/**
 * Begins the life of a loop's worker. To be called by its script, once, before anything else.
 *
 * @param begin gets what the adapter gave to `LoopWorker` as `start`, and the calling thread's wake word
 */
export function startHost<S>(begin: (start: S, wake: Int32Array<SharedArrayBuffer>) => void): void {
  if (parentPort === null) throw new Error('startHost is for the script of a worker thread')
  parentPort.once('message', (message: HostStart) => {
    vitals = message.vitals
    Atomics.store(vitals.flags, ENTERED, 1)
    promiseLastWords(vitals)
    writeOutputDirectly()
    begin(message.start as S, vitals.wake)
  })
}

/** What every host on Node does alike. */
export const nodeHost: Pick<HostLink, 'resolveModule' | 'importModule' | 'exit' | 'onExit'> = {
  resolveModule,
  importModule,
  exit: () => process.exit(0),
  onExit: (listener) => process.on('exit', listener),
}
