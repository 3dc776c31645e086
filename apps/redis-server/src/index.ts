import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface RedisServerOptions {
  /** Address to listen on; the loopback by default. */
  readonly host?: string
  /** Each write is in a file before it is acknowledged, and there again after a restart. */
  readonly appendOnly?: boolean
  /** Paths of a key and its certificate: it speaks TLS then, and nothing else. */
  readonly tls?: { readonly key: string; readonly certificate: string }
  /** Further options, as in `redis.conf`: `{ maxmemory: '4mb' }`. */
  readonly config?: Readonly<Record<string, string>>
  /** What the server is started by, in place of itself: `['ip', 'netns', 'exec', 'a']`. */
  readonly within?: readonly string[]
}

/** How long it may take to start or to end, in milliseconds. */
const limit = 30_000

/** A redis-server on a port of its own, with a folder of its own. */
export class RedisServer {
  readonly port: number
  readonly host: string
  readonly #options: RedisServerOptions
  readonly #folder: string
  #process: ChildProcess | undefined

  /** Starts one, and resolves when it takes connections. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(options, await freePort())
    await server.resume()
    return server
  }

  private constructor(options: RedisServerOptions, port: number) {
    this.#options = options
    this.port = port
    this.host = options.host ?? '127.0.0.1'
    this.#folder = mkdtempSync(join(tmpdir(), 'redis-'))
  }

  get url(): string {
    return `${this.#options.tls === undefined ? 'redis' : 'rediss'}://${this.host}:${this.port}`
  }

  /** Starts it again, on the same port and the same files. */
  async resume(): Promise<void> {
    const { appendOnly = false, config = {}, tls, within = [] } = this.#options
    const settings: Readonly<Record<string, string>> = {
      port: String(this.port),
      bind: this.host,
      dir: this.#folder,
      save: '',
      appendonly: appendOnly ? 'yes' : 'no',
      appendfsync: 'always',
      ...(tls && { ...this.#tlsOnly(), 'tls-key-file': tls.key, 'tls-cert-file': tls.certificate }),
      ...config,
    }
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
    const [command = 'redis-server', ...rest] = [...within, 'redis-server', ...args]
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#process = child
    const printed: string[] = []
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`redis-server is not ready after ${limit} ms`)), limit)
      child.on('error', reject)
      child.on('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${printed.join('\n')}`)))
      createInterface(child.stdout).on('line', (line) => {
        printed.push(line)
        if (!line.includes('Ready to accept connections')) return
        clearTimeout(timer)
        resolve()
      })
    })
    await ready
  }

  #tlsOnly(): Readonly<Record<string, string>> {
    return { port: '0', 'tls-port': String(this.port), 'tls-auth-clients': 'no' }
  }

  /** Ends it in good order; or, with `SIGKILL`, without. Its files stay. */
  async halt(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  /** Ends it, and removes its files. */
  async stop(): Promise<void> {
    await this.halt('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a port has no number')
  return address.port
}
