import { Worker } from 'node:worker_threads'
import { markDead, type Vitals } from './vitals.ts'

/** What the watchdog is told of a loop: the caller's end of its life line, and where to report. */
export type Watched = Pick<Vitals, 'flags' | 'wake' | 'life'>

/**
 * A thread that hears of the death of workers while the thread that started them is blocked. One per calling thread,
 * for all of its loops, started with the first that needs it; it does not keep the process alive.
 */
let watchdog: Worker | undefined

/**
 * Puts a worker under watch. One that is dead already is reported too: a port's `close` reaches a listener that comes
 * after it, and a port that has closed on this side cannot be sent, which says the same.
 */
export function watch(watched: Watched): void {
  // Nothing of the program's is preloaded there: it runs our few lines only.
  watchdog ??= new Worker(new URL('./watchdog-thread.js', import.meta.url), {
    name: 'ambisync-watchdog',
    execArgv: [],
    env: {},
  })
  watchdog.unref()
  try {
    watchdog.postMessage(watched, [watched.life])
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error
    markDead(watched)
  }
}
