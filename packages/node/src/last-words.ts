import { type EncodedThrown, postThrown } from '@ambisync/core/adapter'
import { isBun, isDeno } from './runtime-limits.ts'
import { markDead, type Vitals } from './vitals.ts'

/** How a worker came to its end, told by itself. */
export interface LastWords {
  readonly code: number
  /** The uncaught exception or unhandled rejection that ended it. */
  readonly thrown: EncodedThrown | undefined
}

/** An uncaught exception. An object of its own, since anything may be thrown, `undefined` too. */
export interface Fatal {
  readonly thrown: unknown
}

/**
 * Has `speak` run when this thread ends by itself, as the very last thing that it does: after every `exit` listener of
 * the tasks, whenever they were added.
 *
 * @returns what ends it as if something had been thrown where nobody catches it
 */
export function beforeTheEnd(speak: (code: number, fatal: Fatal | undefined) => void): (thrown: unknown) => never {
  let fatal: Fatal | undefined
  process.on('uncaughtExceptionMonitor', (thrown) => {
    // With a listener of the task's own, it goes on.
    fatal = process.listenerCount('uncaughtException') === 0 ? { thrown } : undefined
    // Others would print what the caller is told, and Deno would emit no `exit`.
    if ((isDeno || isBun) && fatal !== undefined) process.exit(1)
  })
  if (isBun) {
    speakOnBun(speak, () => fatal)
    return dieOf
  }
  const emit = process.emit
  // Node emits by this property. A listener could not be the last one, and could be removed.
  const emitAndSpeak = (...args: unknown[]): unknown => {
    try {
      return Reflect.apply(emit, process, args)
    } finally {
      const [event, code] = args
      if (event === 'exit') speak(Number(process.exitCode ?? code), fatal)
    }
  }
  Object.assign(process, { emit: emitAndSpeak })
  return dieOf

  function dieOf(thrown: unknown): never {
    fatal = { thrown }
    process.exit(1)
  }
}

/**
 * Bun does not emit by that property, so this is a listener: one that a task adds runs after it. Bun ends a worker that has
 * left a rejection unhandled with 0, and does not say what it was.
 */
function speakOnBun(speak: (code: number, fatal: Fatal | undefined) => void, fatal: () => Fatal | undefined): void {
  let rejected: Fatal | undefined
  process.on('unhandledRejection', (thrown) => {
    // With a listener of the task's own, it goes on.
    if (process.listenerCount('unhandledRejection') > 1) return
    rejected = { thrown }
    process.exit(1)
  })
  process.on('exit', (code) => speak(Number(process.exitCode ?? code), rejected ?? fatal()))
}

/** Has this worker tell its caller how it ended, after `lastly`. */
export function promiseLastWords(vitals: Vitals, lastly: () => void): void {
  beforeTheEnd((code, fatal) => {
    lastly()
    const post = (thrown: LastWords['thrown']): void => {
      const words: LastWords = { code, thrown }
      vitals.lastWords.postMessage(words)
    }
    if (fatal === undefined) post(undefined)
    else postThrown(fatal.thrown, post)
    // After the message: the caller reads it as soon as it sees the flag.
    markDead(vitals)
  })
}
