import { type EncodedThrown, encodeThrownSafely } from '@ambisync/core/adapter'
import { markDead, type Vitals } from './vitals.ts'

/** How a worker came to its end, told by itself. */
export interface LastWords {
  readonly code: number
  /** The uncaught exception or unhandled rejection that ended it. */
  readonly thrown: EncodedThrown | undefined
}

/** Has this worker tell its caller how it ended, at the moment when it does. */
export function promiseLastWords(vitals: Vitals): void {
  let thrown: EncodedThrown | undefined
  process.on('uncaughtExceptionMonitor', (error) => {
    // With a listener of the task's own, it goes on.
    thrown = process.listenerCount('uncaughtException') === 0 ? encodeThrownSafely(error) : undefined
  })
  const speak = (code: number): void => {
    const words: LastWords = { code, thrown }
    vitals.lastWords.postMessage(words)
    // After the message: the caller reads it as soon as it sees the flag.
    markDead(vitals)
  }
  process.on('exit', speak)
  // The last listener, whatever the tasks add: until theirs have run, this thread is not done.
  process.on('newListener', (event, listener) => {
    if (event !== 'exit' || listener === speak) return
    queueMicrotask(() => process.off('exit', speak).on('exit', speak))
  })
}
