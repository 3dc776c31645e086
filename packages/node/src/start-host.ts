import { parentPort } from 'node:worker_threads'
import type { HostLink, OutputMode, ServedLoop, WakeWord } from '@ambisync/core/adapter'
import { promiseLastWords } from './last-words.ts'
import { importModule, resolveModule } from './modules.ts'
import { relayOutput, writeOutputDirectly } from './task-output.ts'
import { ENTERED, type Vitals } from './vitals.ts'

/** The first message to a loop's worker: its vitals, and what the adapter has for it. */
export interface HostStart {
  readonly vitals: Vitals
  readonly output: OutputMode
  readonly start: unknown
}

/** What runs in a loop's worker. */
export interface WorkerLoop extends ServedLoop {
  /** Runs when the worker ends by itself, after everything else: what has been sent has to be with the caller then. */
  lastly?(): void
}

/** Kept for as long as the thread lives: a life line that was garbage collected would close, as at a death. */
let vitals: Vitals | undefined

/**
 * Begins the life of a loop's worker. To be called by its script, once, before anything else.
 *
 * @param begin gets what the adapter gave to `LoopWorker` as `start`, and the calling thread's wake word, and returns
 *   what `serve` does, and what there is to do at the end
 */
export function startHost<S>(begin: (start: S, wake: WakeWord) => WorkerLoop): void {
  if (parentPort === null) throw new Error('startHost is for the script of a worker thread')
  parentPort.once('message', (message: HostStart) => {
    vitals = message.vitals
    Atomics.store(vitals.flags, ENTERED, 1)
    let loop: WorkerLoop | undefined
    promiseLastWords(vitals, () => loop?.lastly?.())
    loop = begin(message.start as S, vitals.wake)
    // No task has run yet: the first envelope is taken in when this thread's event loop turns.
    if (message.output === 'relay') relayOutput(loop)
    else writeOutputDirectly()
  })
}

/** What every host on Node does alike. */
export const nodeHost: Pick<HostLink, 'resolveModule' | 'importModule' | 'exit' | 'onExit'> = {
  resolveModule,
  importModule,
  exit: () => process.exit(0),
  onExit: (listener) => process.on('exit', listener),
}
