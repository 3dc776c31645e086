import { type EncodedThrown, postThrown } from '@ambisync/core/adapter'
import { markDead, type Vitals } from './vitals.ts'

/** How a worker came to its end, told by itself. */
export interface LastWords {
  readonly code: number
  /** The uncaught exception or unhandled rejection that ended it. */
  readonly thrown: EncodedThrown | undefined
}

/**
 * Has this worker tell its caller how it ended, as the very last thing that it does: after every `exit` listener of the
 * tasks, whenever they were added, and after `lastly`.
 */
export function promiseLastWords(vitals: Vitals, lastly: () => void): void {
  let fatal: { readonly thrown: unknown } | undefined
  process.on('uncaughtExceptionMonitor', (thrown) => {
    // With a listener of the task's own, it goes on.
    fatal = process.listenerCount('uncaughtException') === 0 ? { thrown } : undefined
  })
  const emit = process.emit
  // Node emits by this property. A listener could not be the last one, and could be removed.
  const emitAndSpeak = (...args: unknown[]): unknown => {
    try {
      return Reflect.apply(emit, process, args)
    } finally {
      const [event, code] = args
      if (event === 'exit') {
        lastly()
        speak(vitals, Number(process.exitCode ?? code), fatal)
      }
    }
  }
  Object.assign(process, { emit: emitAndSpeak })
}

function speak(vitals: Vitals, code: number, fatal: { readonly thrown: unknown } | undefined): void {
  const post = (thrown: LastWords['thrown']): void => {
    const words: LastWords = { code, thrown }
    vitals.lastWords.postMessage(words)
  }
  if (fatal === undefined) post(undefined)
  else postThrown(fatal.thrown, post)
  // After the message: the caller reads it as soon as it sees the flag.
  markDead(vitals)
}
