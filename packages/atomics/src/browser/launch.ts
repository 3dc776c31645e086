import { type LoopStart, tellDeath, type WorkerMessage } from './messages.ts'

/** By the names of their locks, those that have not ended. */
const loops = new Map<string, LaunchedLoop>()

/** What a launcher does with a message of its thread's. */
export function launch(message: Exclude<WorkerMessage, { kind: 'serve' }>): void {
  switch (message.kind) {
    case 'are you there':
      postMessage('yes')
      break
    case 'start':
      loops.set(message.start.lock, new LaunchedLoop(message.start))
      break
    case 'kill':
      loops.get(message.lock)?.kill()
      break
  }
}

/** A loop's worker, from its start to its end. */
class LaunchedLoop {
  readonly #start: LoopStart
  readonly #worker: Worker
  #entered = false

  constructor(start: LoopStart) {
    this.#start = start
    this.#worker = new Worker(self.location.href, { type: 'module', name: start.name })
    // It says that it holds its lock. Whoever asks for that from now on gets it when the worker is gone, of whatever.
    this.#worker.onmessage = () => {
      // A task may post messages of its own.
      if (this.#entered) return
      this.#entered = true
      void navigator.locks.request(start.lock, () => this.#end())
    }
    // Of one that runs, what goes wrong is its own affair.
    this.#worker.onerror = (event) => {
      if (this.#entered) event.preventDefault()
      else this.kill()
    }
    const message: WorkerMessage = { kind: 'serve', start }
    this.#worker.postMessage(message)
  }

  kill(): void {
    this.#worker.terminate()
    if (!this.#entered) this.#end()
  }

  #end(): void {
    loops.delete(this.#start.lock)
    tellDeath(this.#start)
  }
}
