import type { Redis } from 'ioredis'
import { connectBare } from './bare-connection.ts'

/** What a Redis has done since it was started, in total, as it says itself. */
export interface RedisTotals {
  /** Processor time, in microseconds. */
  readonly redis: number
  /** Those that scripts run count as well. */
  readonly commands: number
  readonly scripts: number
  /** Bytes from its clients, and to them. */
  readonly received: number
  readonly sent: number
  /** Bytes that it holds just now. */
  readonly memory: number
}

/** Looks at what a Redis has to do. */
export class RedisUse {
  readonly #redis: Redis

  static async connect(url: string): Promise<RedisUse> {
    const redis = connectBare(url)
    await redis.ping()
    return new RedisUse(redis)
  }

  private constructor(redis: Redis) {
    this.#redis = redis
  }

  async version(): Promise<string> {
    return parse(await this.#redis.info('server')).get('redis_version') ?? 'unknown'
  }

  disconnect(): void {
    this.#redis.disconnect()
  }

  async look(): Promise<RedisTotals> {
    const fields = parse(await this.#redis.info('everything'))
    const number = (name: string): number => Number(fields.get(name))
    return {
      redis: (number('used_cpu_user') + number('used_cpu_sys')) * 1_000_000,
      commands: number('total_commands_processed'),
      scripts: callsOf(fields.get('cmdstat_evalsha')),
      received: number('total_net_input_bytes'),
      sent: number('total_net_output_bytes'),
      memory: number('used_memory'),
    }
  }
}

/** Lines of `name:value`. */
function parse(info: string): ReadonlyMap<string, string> {
  return new Map([...info.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]))
}

/** Of `calls=3,usec=…`. */
function callsOf(stat: string | undefined): number {
  return Number(/calls=(\d+)/.exec(stat ?? '')?.[1] ?? 0)
}
