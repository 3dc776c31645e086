import { type Adapter, type Loop, LoopStoppedError, type StopOptions, startLoop, type Tasks } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import type { Dispatcher } from 'undici'
import { createDispatcher } from './dispatcher.ts'
import { registerErrors } from './known-errors.ts'
import type { Pool } from './messages.ts'
import type { CheckedOptions } from './options.ts'

export type ExchangeTasks = Tasks<typeof import('./exchange.ts')>

let pools = 0

/**
 * For the young objects of the default loop, in megabytes. A worker's would grow to 48 under load, and chunks of bodies are
 * found to be of no use only when they are looked through; more room has not made requests faster.
 */
const youngGeneration = 12

/** What the forms of one `createFetch` share: a loop, started when it is first needed, and connections of this thread. */
export class Connection {
  readonly adapter: Adapter
  /** What the loop has to know of the options. */
  readonly pool: Pool | undefined
  #running: { readonly loop: Loop; readonly tasks: ExchangeTasks } | undefined
  #dispatcher: Dispatcher | undefined
  #stopped = false

  constructor({ adapter, connection }: CheckedOptions) {
    this.adapter = adapter ?? workerThreads({ resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } })
    this.pool = connection && { id: ++pools, options: connection }
  }

  /** @throws {LoopStoppedError} after a stop */
  tasks(): ExchangeTasks {
    if (this.#stopped && this.#running === undefined) throw stopped()
    this.#running ??= this.#start()
    return this.#running.tasks
  }

  /** The connections of this thread, for `.async`. @throws {LoopStoppedError} after a stop */
  dispatcher(): Dispatcher {
    if (this.#stopped) throw stopped()
    this.#dispatcher ??= createDispatcher(this.pool?.options)
    return this.#dispatcher
  }

  async stop(options?: StopOptions): Promise<void> {
    this.#close()
    await this.#running?.loop.stop(options)
  }

  stopSync(options?: StopOptions): void {
    this.#close()
    this.#running?.loop.stopSync(options)
  }

  dispose(): void {
    this.#stopped = true
    void this.#dispatcher?.destroy().catch(() => {})
    this.#running?.loop[Symbol.dispose]()
  }

  #start(): { readonly loop: Loop; readonly tasks: ExchangeTasks } {
    registerErrors()
    const loop = startLoop({ adapter: this.adapter, name: 'fetch' })
    return { loop, tasks: loop.load<typeof import('./exchange.ts')>(new URL('./exchange.js', import.meta.url)) }
  }

  /** What `.async` has under way goes on to its end: the connections close after it. */
  #close(): void {
    this.#stopped = true
    if (this.#running?.loop.state === 'running' && this.adapter.capabilities.closures) {
      // That loop's thread lives on, and so would its connections.
      this.#running.tasks.close.submit(this.pool?.id ?? 0)
    }
    void this.#dispatcher?.close().catch(() => {})
    this.#dispatcher = undefined
  }
}

function stopped(): LoopStoppedError {
  return new LoopStoppedError('this fetch was stopped and takes no requests; make another one by createFetch')
}
