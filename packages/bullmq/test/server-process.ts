import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ServeEvent, ServeOptions } from '@ambisync/bullmq'

/** Options of `serve`, as far as they are data. */
export interface ServerProcessOptions extends Omit<ServeOptions, 'adapter' | 'modules' | 'onEvent'> {
  readonly modules?: Readonly<Record<string, string>>
  readonly adapter?: 'worker-threads' | 'child-process, one per call'
  /** What the process is started by, in place of Node.js itself. */
  readonly within?: readonly string[]
}

type Message =
  | { readonly event: ServeEvent }
  | { readonly refusal: { readonly name: string; readonly message: string } }

const script = fileURLToPath(new URL('./programs/serve.js', import.meta.url))
const tasks = new URL('./tasks/tasks.js', import.meta.url).href

/** A server in a process of its own, and what it tells. */
export class ServerProcess {
  readonly events: ServeEvent[] = []
  readonly #child: ChildProcess
  readonly #listeners = new Set<() => void>()
  readonly #counts = new Map<ServeEvent['event'], number>()
  #refusal: Error | undefined
  #ended = false

  /** Resolves when it takes calls. Rejects with what `serve` has thrown. */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options)
    await server.waitFor(({ event }) => event === 'started')
    return server
  }

  private constructor({ within = [], ...options }: ServerProcessOptions) {
    const json = JSON.stringify({ modules: { tasks }, ...options })
    const [command, ...rest] = within
    this.#child =
      command === undefined
        ? fork(script, [json])
        : spawn(command, [...rest, process.execPath, script, json], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child.on('message', (message: Message) => {
      if ('refusal' in message) this.#refusal = new Error(message.refusal.message)
      else this.#take(message.event)
      for (const listener of this.#listeners) listener()
    })
    this.#child.on('exit', () => {
      this.#ended = true
      for (const listener of this.#listeners) listener()
    })
  }

  #take(event: ServeEvent): void {
    this.events.push(event)
    this.#counts.set(event.event, this.count(event.event) + 1)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  count(name: ServeEvent['event']): number {
    return this.#counts.get(name) ?? 0
  }

  /** The first event of this kind, now or later. Rejects if the process ends before that. */
  waitFor(isIt: (event: ServeEvent) => boolean): Promise<ServeEvent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.events.find(isIt)
        if (found === undefined && !this.#ended && this.#refusal === undefined) return
        this.#listeners.delete(look)
        if (found !== undefined) resolve(found)
        else reject(this.#refusal ?? new Error('the server has ended'))
      }
      this.#listeners.add(look)
      look()
    })
  }

  /** Drains it. Resolves when its process has ended. */
  async close(options: { readonly timeout?: number } = {}): Promise<void> {
    if (this.#ended) return
    const ended = once(this.#child, 'exit')
    this.#child.send({ close: options })
    await ended
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#ended) return
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
  }
}
