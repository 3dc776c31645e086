import type { ServeOptions, Server } from '@ambisync/bullmq'
import { exitCodes } from '../command/exit-codes.ts'
import { loadBullmq } from './bullmq-package.ts'
import { drainOnSignals } from './drain-on-signals.ts'
import { eventLine } from './event-line.ts'
import { localAdapter } from './local-adapter.ts'
import type { RedisUrl } from './redis-url.ts'
import { refusal } from './refusal.ts'
import { withoutPasswords } from './without-passwords.ts'

export interface RunOptions {
  /** Their URLs, by their names. */
  readonly modules: Readonly<Record<string, string>>
  readonly redis: RedisUrl
  readonly queue: string
  readonly prefix: string
  /** Name of a local strategy. */
  readonly adapter: string
  readonly concurrency: number
  readonly loops: number
  readonly grace: number
  readonly stalledInterval: number
  readonly maxStalledCount: number
  readonly payloadLimit: number
  readonly drainTimeout: number
}

/**
 * Serves until a signal, and resolves when the calls are done that ran at that time, or are left to others.
 *
 * @throws {Failure | Misuse} that says why it cannot start
 */
export async function runServer({ redis, adapter, drainTimeout, ...options }: RunOptions): Promise<void> {
  const { serve } = await loadBullmq()
  const hide = (text: string): string => withoutPasswords(text, redis.url)
  let hasStarted = false
  const checked: ServeOptions = {
    ...options,
    connection: redis.url,
    adapter: await localAdapter(adapter),
    onEvent: (event) => {
      // Before that, what goes wrong is the one line on stderr.
      hasStarted ||= event.event === 'started'
      if (hasStarted) process.stdout.write(eventLine(event, hide))
    },
  }
  // Where nobody reads its log any more, it ends in the middle of its work.
  process.exitCode = exitCodes.failed
  let server: Server | undefined
  await new Promise<void>((resolve, reject) => {
    drainOnSignals(() => {
      server?.close({ timeout: drainTimeout }).then(resolve, reject)
      return server !== undefined
    })
    // No signal comes in between: from the event that it has started to here there are only promise jobs.
    serve(checked).then((started) => {
      server = started
    }, reject)
  }).catch((error: unknown) => {
    throw refusal(error, redis)
  })
}
