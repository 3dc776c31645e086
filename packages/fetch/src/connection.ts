import { type Adapter, type Loop, LoopStoppedError, type StopOptions, startLoop, type Tasks } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { registerErrors } from './known-errors.ts'
import type { Pool } from './messages.ts'
import type { CheckedOptions } from './options.ts'
import { exchangesHere } from './same-realm.ts'
import { SharedDispatcher } from './shared-dispatcher.ts'

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
  #here: SharedDispatcher | undefined
  #stopped = false
  readonly #startsAgain: boolean

  /** @param startsAgain after a stop, with the next request: who has not made it cannot make another */
  constructor({ adapter, connection }: CheckedOptions, startsAgain: boolean) {
    this.#startsAgain = startsAgain
    this.adapter = adapter ?? workerThreads({ resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } })
    // On the caller's own thread one realm has the connections of all.
    const isOwn = connection !== undefined || this.adapter.capabilities.closures === true
    this.pool = isOwn ? { id: ++pools, options: connection ?? {} } : undefined
  }

  /** @throws {LoopStoppedError} after a stop */
  tasks(): ExchangeTasks {
    if (this.#stopped && this.#running === undefined) throw stopped()
    this.#running ??= this.#start()
    return this.#running.tasks
  }

  /** The connections of this thread, for `.async`. @throws {LoopStoppedError} after a stop */
  here(): SharedDispatcher {
    if (this.#stopped) throw stopped()
    this.#here ??= new SharedDispatcher(this.pool?.options)
    return this.#here
  }

  /** Nobody waits for an exchange any more. */
  cancel(key: number): void {
    if (this.adapter.capabilities.closures) exchangesHere()?.cancel(key)
    else this.#running?.tasks.cancel.submit(key)
  }

  async stop(options?: StopOptions): Promise<void> {
    await this.#close()?.stop(options)
  }

  stopSync(options?: StopOptions): void {
    this.#close()?.stopSync(options)
  }

  dispose(): void {
    // Before they are closed: nobody has them then.
    this.#here?.destroy()
    if (this.adapter.capabilities.closures) exchangesHere()?.destroyPool(this.pool?.id ?? 0)
    this.#close()?.[Symbol.dispose]()
  }

  #start(): { readonly loop: Loop; readonly tasks: ExchangeTasks } {
    registerErrors()
    const loop = startLoop({ adapter: this.adapter, name: 'fetch' })
    return { loop, tasks: loop.load<typeof import('./exchange.ts')>(new URL('./exchange.js', import.meta.url)) }
  }

  /** What `.async` has under way goes on to its end: the connections close after it. Gives the loop, which is to end. */
  #close(): Loop | undefined {
    const loop = this.#running?.loop
    // That loop's thread lives on, and so would its connections.
    if (this.adapter.capabilities.closures) exchangesHere()?.closePool(this.pool?.id ?? 0)
    this.#here?.close()
    if (this.#startsAgain) {
      this.#running = undefined
      this.#here = undefined
    } else this.#stopped = true
    return loop
  }
}

function stopped(): LoopStoppedError {
  return new LoopStoppedError('this fetch was stopped and takes no requests; make another one by createFetch')
}
