import { parentPort } from 'node:worker_threads'
import type { OutputMode } from '@ambisync/core/adapter'
import { promiseLastWords } from './last-words.ts'
import { ENTERED, type Vitals } from './vitals.ts'

/** The first message to a thread that a `LoopWorker` started: its vitals, and what the adapter has for it. */
export interface HostStart {
  readonly vitals: Vitals
  readonly output: OutputMode
  readonly start: unknown
}

/** Kept for as long as the thread lives: a life line that was garbage collected would close, as at a death. */
let vitals: Vitals | undefined

/**
 * Begins the life of such a thread: says that its script runs, and promises its last words.
 *
 * @param begin returns what runs when the thread ends by itself, after everything else
 */
export function enterThread(begin: (message: HostStart) => (() => void) | undefined): void {
  if (parentPort === null) throw new Error('this script is for a worker thread that a LoopWorker has started')
  parentPort.once('message', (message: HostStart) => {
    vitals = message.vitals
    Atomics.store(vitals.flags, ENTERED, 1)
    let lastly: (() => void) | undefined
    promiseLastWords(vitals, () => lastly?.())
    lastly = begin(message)
  })
}
