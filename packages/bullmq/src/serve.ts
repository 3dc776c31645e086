import { checkServeOptions, type ServeOptions } from './serve-options.ts'
import type { ServerInfo } from './servers.ts'

export type { ServeOptions } from './serve-options.ts'

/** A server that runs. It keeps the process alive until it is closed. */
export interface Server {
  readonly info: ServerInfo
  /** How many calls run. */
  readonly running: number
  /**
   * Takes no more calls, waits for those that run, and ends.
   *
   * @param options.timeout longest time to wait, in milliseconds; without it, or with `Infinity`, there is no limit. What runs
   *   then is given up, and runs again on another server
   */
  close(options?: { readonly timeout?: number | undefined }): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Runs the calls that loops of `bullmq` make on a queue, until it is closed.
 *
 * Tasks run on a loop of a local adapter: one that is stuck, or crashes, takes its loop with it, and not the server. Only
 * exports of the modules that are named here can be called. Resolves when the modules are loaded and the first call can come.
 *
 * @throws {TypeError | RangeError} for an option that there is not, or that cannot be right
 * @throws {LoopStartError} if a module cannot be imported
 * @throws {Error} that says why Redis cannot be reached
 * @example await serve({ modules: { reports: './tasks.js' }, adapter: workerThreads(), connection, queue: 'pages' })
 */
export async function serve(options: ServeOptions): Promise<Server> {
  const checked = checkServeOptions(options)
  // Whoever only makes calls imports neither BullMQ nor ioredis.
  const { startServer } = await import('./queue-server.ts')
  return await startServer(checked)
}
