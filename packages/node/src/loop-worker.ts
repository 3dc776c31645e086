import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { type Cancel, decodeThrown, type Exit, type OpenOptions } from '@ambisync/core/adapter'
import type { LastWords } from './last-words.ts'
import type { Moved } from './moved.ts'
import type { HostStart } from './start-host.ts'
import { DEAD, ENTERED, flagCount, markDead, type Vitals } from './vitals.ts'
import { type Watched, watch } from './watchdog.ts'
import { workerExecArgv } from './worker-exec-argv.ts'
import type { WorkerOptions } from './worker-options.ts'

/**
 * How long a worker may take until its script runs, in milliseconds. One that fails before it has an environment to run
 * scripts in (no file descriptors left, hardly any memory) closes nothing that a blocked caller could hear of.
 */
const startLimit = 30_000

/** When a worker is put under watch: late enough to be out of the way of a first call. In milliseconds. */
const watchDelay = 40

export interface LoopWorkerOptions {
  /** The worker's script, a file of its own. It calls `startHost`. */
  readonly entry: URL
  readonly worker: WorkerOptions
  readonly open: OpenOptions
  /** What the script is given to begin with, and what of it is transferred. */
  readonly start: unknown
  readonly transfer: readonly Moved[]
}

/** The worker thread of one generation of a loop, as its caller sees it. */
export class LoopWorker {
  readonly #worker: Worker
  readonly #flags = new Int32Array(new SharedArrayBuffer(flagCount * Int32Array.BYTES_PER_ELEMENT))
  readonly #lastWords: MessagePort
  readonly #timers: readonly Cancel[]
  readonly #watched: Watched
  /** What the event loop has heard of the worker's end; nothing while this thread is blocked. */
  #event: { code?: number; error?: unknown } = {}
  #killed = false
  #isKilling = false

  /** Starts the thread and returns at once. @throws what `new Worker` throws */
  constructor({ entry, worker, open, start, transfer }: LoopWorkerOptions) {
    const execArgv = worker.execArgv ?? workerExecArgv(process.execArgv)
    this.#worker = new Worker(entry, { ...worker, name: worker.name ?? open.name, ...(execArgv && { execArgv }) })
    this.#worker.unref()
    const life = new MessageChannel()
    const lastWords = new MessageChannel()
    this.#lastWords = lastWords.port1
    const vitals: Vitals = { flags: this.#flags, wake: open.wake, life: life.port2, lastWords: lastWords.port2 }
    const message: HostStart = { vitals, output: open.output, start }
    this.#worker.postMessage(message, [life.port2, lastWords.port2, ...transfer])
    // Without a listener an error would be thrown in the caller. It is told to the calls instead.
    this.#worker.on('error', (error) => {
      this.#event.error = error
    })
    const watched: Watched = { flags: this.#flags, wake: open.wake, life: life.port1 }
    this.#watched = watched
    this.#timers = [
      open.setTimer(watchDelay, () => watch(watched)),
      open.setTimer(startLimit, () => {
        if (Atomics.load(this.#flags, ENTERED) === 1) return
        this.#worker.terminate()
        markDead(watched)
      }),
    ]
  }

  /** True once the worker is gone; what it sent before that has arrived. */
  get dead(): boolean {
    return Atomics.load(this.#flags, DEAD) === 1
  }

  /** How it ended. To be asked once it is dead. */
  get exit(): Exit {
    for (const cancel of this.#timers) cancel()
    const words = receiveMessageOnPort(this.#lastWords)?.message as LastWords | undefined
    this.#lastWords.close()
    if (words?.thrown !== undefined) return { kind: 'exit', code: words.code, cause: decodeThrown(words.thrown) }
    if (words !== undefined) return { kind: 'exit', code: words.code }
    const { code = 1, error } = this.#event
    if (error !== undefined) return { kind: 'exit', code, cause: error }
    if (this.#killed) return { kind: 'exit', code }
    return { kind: 'exit', code, cause: this.#silentEnd() }
  }

  /** Registers what the event loop of the calling thread runs when the worker is gone. */
  onDeath(listener: () => void): void {
    this.#worker.on('exit', (code) => {
      this.#event.code = code
      markDead(this.#watched)
      // Deno emits it within `terminate`, when whoever kills has not said yet what for.
      if (this.#isKilling) queueMicrotask(listener)
      else listener()
    })
  }

  /** Keeps the process alive, and so lets it hear of the end. The messages' port does not: it closes first. */
  ref(): void {
    this.#worker.ref()
  }

  unref(): void {
    this.#worker.unref()
  }

  /** Ends the thread, even if its code never yields. */
  kill(): void {
    this.#killed = true
    this.#isKilling = true
    void this.#worker.terminate()
    this.#isKilling = false
    // Before its script runs it has no life line, and so no way to tell a blocked caller that it is gone.
    if (Atomics.load(this.#flags, ENTERED) === 0) markDead(this.#watched)
  }

  /** A worker that tells nothing has, as a rule, met its memory limit, but nobody can say so for certain. */
  #silentEnd(): Error {
    const began = Atomics.load(this.#flags, ENTERED) === 1
    return new Error(
      began
        ? 'the worker thread ended without a word, as a rule because it met its memory limit (resourceLimits)'
        : 'the worker thread ended before its script ran (an .async call is told why): look at execArgv, NODE_OPTIONS and resourceLimits',
    )
  }
}
