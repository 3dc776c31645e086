import type { HostLink, ServedLoop, WakeWord } from '@ambisync/core/adapter'
import { enterThread } from './enter-thread.ts'
import { importModule, resolveModule } from './modules.ts'
import { relayOutput, writeOutputDirectly } from './task-output.ts'

export type { HostStart } from './enter-thread.ts'

/** What runs in a loop's worker. */
export interface WorkerLoop extends ServedLoop {
  /** Runs when the worker ends by itself, after everything else: what has been sent has to be with the caller then. */
  lastly?(): void
}

/**
 * Begins the life of a loop's worker. To be called by its script, once, before anything else.
 *
 * @param begin gets what the adapter gave to `LoopWorker` as `start`, and the calling thread's wake word, and returns
 *   what `serve` does, and what there is to do at the end
 */
export function startHost<S>(begin: (start: S, wake: WakeWord) => WorkerLoop): void {
  enterThread(({ start, vitals, output }) => {
    const loop = begin(start as S, vitals.wake)
    // No task has run yet: the first envelope is taken in when this thread's event loop turns.
    if (output === 'relay') relayOutput(loop)
    else writeOutputDirectly()
    return () => loop.lastly?.()
  })
}

/** What every host on Node does alike. */
export const nodeHost: Pick<HostLink, 'resolveModule' | 'importModule' | 'exit' | 'onExit' | 'hasOnlyMessages'> = {
  hasOnlyMessages: () => process.getActiveResourcesInfo().every((type) => type === 'MessagePort'),
  resolveModule,
  importModule,
  exit: () => process.exit(0),
  onExit: (listener) => process.on('exit', listener),
}
