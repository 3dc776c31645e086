import { type LoopStart, tellDeath, type WorkerMessage } from './messages.ts'

/*
 * A worker that starts and ends the workers of this thread's loops, and hears of their deaths.
 *
 * A worker that a thread starts by itself does not begin to run before that thread turns its event loop, so one that goes
 * on to block would wait for ever; and while it is blocked, no event tells it that a worker has died. A launcher is never
 * blocked. It is there before whoever imports this package runs, by a top-level await.
 */

/** Messages that came back from a worker that cannot be loaded say nothing but that. */
type Failure = { readonly error: Error }

class Launcher {
  /** The script beside this one is both: a launcher, and what that starts. Bundlers look for this expression as it is. */
  readonly #worker: Worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
  #failure: Failure | undefined
  /** What has been asked for, as long as it is not known whether anybody hears it. */
  #unheard: LoopStart[] | undefined = []
  /** Resolves when messages reach it, whatever this thread does; or when it is known that it will not run. */
  readonly ready: Promise<void>

  constructor() {
    this.ready = new Promise((resolve) => {
      this.#worker.onmessage = () => {
        this.#unheard = undefined
        resolve()
      }
      this.#worker.onerror = (event) => {
        const why = event instanceof ErrorEvent && event.message !== '' ? `: ${event.message}` : ''
        const url = new URL('./worker.js', import.meta.url).href
        const advice = `is it there, beside the script that imports this package, and served with the page's headers?`
        this.#failure = { error: new Error(`the worker's script ${url} could not be run${why}; ${advice}`) }
        for (const start of this.#unheard?.splice(0) ?? []) tellDeath(start)
        resolve()
      }
    })
    // Only what it answers shows that: it posts nothing by itself that could be taken for it.
    this.#post({ kind: 'are you there' })
  }

  /** Starts a loop's worker, and returns at once. @throws {Error} if it is known that it cannot */
  start(start: LoopStart): void {
    if (this.#failure !== undefined) throw this.#failure.error
    this.#unheard?.push(start)
    this.#post({ kind: 'start', start })
  }

  /** Why it does not run, if that is so. */
  get failure(): Error | undefined {
    return this.#failure?.error
  }

  kill(lock: string): void {
    this.#post({ kind: 'kill', lock })
  }

  #post(message: WorkerMessage): void {
    this.#worker.postMessage(message)
  }
}

let launcher: Launcher | undefined

/** The one of this thread. */
export function launcherOfThread(): Launcher {
  launcher ??= new Launcher()
  return launcher
}

// Elsewhere nobody can block, or nothing can be started.
if (typeof DedicatedWorkerGlobalScope === 'function' && globalThis.crossOriginIsolated) await launcherOfThread().ready
