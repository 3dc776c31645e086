import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { RedisServer, type RedisServerOptions } from '@ambisync-apps/redis-server'
import type { Figures } from '../cost/figures.ts'
import type { Order } from './order.ts'
import type { Effort } from './sizes.ts'

/** One of the measurements: which script of this folder makes it, and over what Redis. */
export interface Measurement {
  readonly script: 'round-trip' | 'throughput' | 'growth'
  readonly redis?: RedisServerOptions
}

/** After which a script has hung, in milliseconds. */
const timeout = 300_000

/** Measures once, in a process of its own, with a Redis of its own. @throws {Error} if that fails, or hangs */
export async function runScript({ script, redis: options }: Measurement, effort: Effort): Promise<Figures> {
  const redis = await RedisServer.start(options)
  try {
    const path = fileURLToPath(new URL(`./${script}.js`, import.meta.url))
    const order: Order = { url: redis.url, effort }
    // Its servers end with it.
    const limits = { timeout, killSignal: 'SIGKILL' } as const
    const { stdout } = await promisify(execFile)(process.execPath, [path, JSON.stringify(order)], limits)
    return JSON.parse(stdout) as Figures
  } finally {
    await redis.stop()
  }
}
