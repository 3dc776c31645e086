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
  watchdog ??= startWatchdog()
  try {
    watchdog.postMessage(watched, [watched.life])
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error
    markDead(watched)
  }
}

function startWatchdog(): Worker {
  // Nothing of the program's is preloaded there: it runs our few lines only.
  const worker = new Worker(new URL('./watchdog-thread.js', import.meta.url), {
    name: 'ambisync-watchdog',
    execArgv: [],
    env: {},
  })
  worker.unref()
  // It may fail to start, where threads, descriptors or the working directory are gone. The next loop gets another one.
  worker.on('error', () => {})
  worker.on('exit', () => {
    if (watchdog === worker) watchdog = undefined
  })
  return worker
}
