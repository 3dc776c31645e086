import { Worker } from 'node:worker_threads'
import type { Vitals } from './vitals.ts'

/** What the watchdog is told of a loop: the caller's end of its life line, and where to report. */
export type Watched = Pick<Vitals, 'flags' | 'wake' | 'life'>

/**
 * A thread that hears of the death of workers while the thread that started them is blocked. One per calling thread,
 * for all of its loops, started with the first that needs it; it does not keep the process alive.
 */
let watchdog: Worker | undefined

/** A port's `close` also reaches one who began to listen after it, so a worker that is dead already is reported too. */
export function watch(watched: Watched): void {
  // Nothing of the program's is preloaded there: it runs our few lines only.
  watchdog ??= new Worker(new URL('./watchdog-thread.js', import.meta.url), {
    name: 'ambisync-watchdog',
    execArgv: [],
    env: {},
  })
  watchdog.unref()
  watchdog.postMessage(watched, [watched.life])
}
