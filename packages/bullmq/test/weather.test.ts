import { fork } from 'node:child_process'
import { type EventEmitter, once } from 'node:events'
import { createServer } from 'node:net'
import { Worker } from 'node:worker_threads'
import { attach, type BullmqOptions, bullmq, queueStatus } from '@ambisync/bullmq'
import {
  gather,
  type Loop,
  LoopExitError,
  LoopStartError,
  QueueFullError,
  SerializationError,
  startLoop,
  TimeoutError,
  UnknownCallError,
} from '@ambisync/core'
import { RedisServer, type RedisServerOptions } from '@ambisync-apps/redis-server'
import { type Job, Queue, Worker as QueueWorker } from 'bullmq'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { LineFile } from './line-file.ts'
import { ServerProcess, type ServerProcessOptions } from './server-process.ts'

type Tasks = ReturnType<typeof load>

function load(loop: Loop) {
  return loop.load<typeof import('./tasks/tasks.js')>('tasks')
}

interface World {
  readonly redis: RedisServer
  readonly loop: Loop
  readonly tasks: Tasks
  /** Starts a server, which is ended with the rest. */
  serve(options?: Partial<ServerProcessOptions>): Promise<ServerProcess>
}

/** A Redis of its own, a loop on it, and servers. */
async function inWorld(
  run: (world: World) => Promise<void>,
  options: BullmqOptions = {},
  ofRedis: RedisServerOptions = {},
): Promise<void> {
  const redis = await RedisServer.start(ofRedis)
  const connection = options.connection ?? redis.url
  const loop = startLoop({ adapter: bullmq({ ...options, connection }) })
  const servers: ServerProcess[] = []
  try {
    const serve: World['serve'] = async (more = {}) => {
      const server = await ServerProcess.start({ connection: redis.url, ...more })
      servers.push(server)
      return server
    }
    await run({ redis, loop, tasks: load(loop), serve })
  } finally {
    await loop.stop({ timeout: 0 }).catch(() => {})
    await Promise.all(servers.map((server) => server.kill()))
    await redis.stop()
  }
}

/** A way to Redis that can be cut, and mended, without anything of it ending. On a thread of its own: this one blocks. */
class Cable {
  readonly #thread: Worker
  readonly url: string

  static async lay(port: number): Promise<Cable> {
    const thread = new Worker(new URL('./programs/cable.js', import.meta.url), { workerData: port })
    const [own] = await once(thread, 'message')
    return new Cable(thread, own)
  }

  private constructor(thread: Worker, port: number) {
    this.#thread = thread
    this.url = `redis://127.0.0.1:${port}`
  }

  async cut(): Promise<void> {
    await this.#tell('cut')
  }

  async mend(): Promise<void> {
    await this.#tell('mend')
  }

  async remove(): Promise<void> {
    await this.#thread.terminate()
  }

  /** The connections that there are go silent, without a word. */
  async hush(): Promise<void> {
    await this.#tell('hush')
  }

  async #tell(what: 'cut' | 'mend' | 'hush'): Promise<void> {
    this.#thread.postMessage(what)
    await once(this.#thread, 'message')
  }
}

/** What a call of a fresh loop with these options fails with. */
async function failureOf(options: BullmqOptions): Promise<Error> {
  const loop = startLoop({ adapter: bullmq(options) })
  const failure = await load(loop)
    .add.async(1, 2)
    .catch((error: Error) => error)
  await loop.stop()
  return failure instanceof Error ? failure : new Error(`it did not fail, but gave ${failure}`)
}

describe('Redis that cannot be reached', () => {
  it('is not there: the call fails at once and says so, and works when it is', async () => {
    const redis = await RedisServer.start()
    await redis.halt()
    const loop = startLoop({ adapter: bullmq({ connection: redis.url }) })
    const tasks = load(loop)
    expect(() => tasks.add.sync(1, 2)).toThrow(LoopStartError)
    expect(() => tasks.add.sync(1, 2)).toThrow(
      `Redis at 127.0.0.1:${redis.port} is not there (ECONNREFUSED): start it, or give its address as the option "connection"`,
    )
    await redis.resume()
    const server = await ServerProcess.start({ connection: redis.url })
    // After two failures in a row the next attempts are spaced out; this is another start.
    loop.restart()
    expect(tasks.add.sync(1, 2)).toBe(3)
    await loop.stop()
    await server.close()
    await redis.stop()
  })

  it('is a host that there is not', async () => {
    const { message } = await failureOf({ connection: 'redis://no-such-host.invalid' })
    expect(message).toMatch(/Redis at no-such-host.invalid:6379 cannot be (found|reached)/)
  })

  it('takes the connection and says nothing', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { readonly port: number }
    const error = await failureOf({ connection: { port, host: '127.0.0.1' }, connectTimeout: 300 })
    expect(error).toBeInstanceOf(LoopStartError)
    expect(error.message).toContain(`Redis at 127.0.0.1:${port} cannot be reached`)
    silent.close()
  })

  it('is no Redis', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { readonly port: number }
    const error = await failureOf({ connection: { port, host: '127.0.0.1' } })
    expect(error.message).toContain(`Redis at 127.0.0.1:${port} cannot be reached`)
    other.close()
  })

  it.each<[string, (port: number) => BullmqOptions['connection']]>([
    ['a wrong password', (port) => `redis://:secret-of-mine@127.0.0.1:${port}`],
    ['no password', (port) => `redis://127.0.0.1:${port}`],
    ['a user that there is not', (port) => ({ port, username: 'nobody', password: 'secret-of-mine' })],
  ])('takes no %s', async (_, connection) => {
    const redis = await RedisServer.start({ config: { requirepass: 'right' } })
    const error = await failureOf({ connection: connection(redis.port) })
    expect(error).toBeInstanceOf(LoopStartError)
    expect(error.message).toMatch(/does not take the user and password|wants a password/)
    expect(`${error.stack}${error.cause}`).not.toContain('secret-of-mine')
    await redis.stop()
  })

  it('does not speak TLS', async () => {
    const redis = await RedisServer.start()
    const { message } = await failureOf({ connection: `rediss://127.0.0.1:${redis.port}`, connectTimeout: 2_000 })
    expect(message).toMatch(/cannot be (spoken to by TLS|reached)/)
    await redis.stop()
  })

  it('is told to who asks for the status, and to who serves', async () => {
    const redis = await RedisServer.start()
    await redis.halt()
    await expect(queueStatus({ connection: redis.url })).rejects.toThrow('is not there (ECONNREFUSED)')
    await expect(ServerProcess.start({ connection: redis.url })).rejects.toThrow('is not there (ECONNREFUSED)')
    await redis.stop()
  })
})

describe('Redis that takes no writes', () => {
  it('because it is full: QueueFullError; then there is room again', async () => {
    await inWorld(
      async ({ redis, tasks, serve }) => {
        const client = new Redis(redis.url)
        tasks.add.submit(1, 2).cancel()
        await client.config('SET', 'maxmemory', '1')
        let failure: unknown
        try {
          tasks.text.sync(1)
        } catch (error) {
          failure = error
        }
        expect(failure).toBeInstanceOf(QueueFullError)
        expect((failure as Error).message).toContain(`text was not called: Redis at 127.0.0.1:${redis.port} is full`)
        await client.config('SET', 'maxmemory', '0')
        await serve()
        expect(tasks.add.sync(1, 2)).toBe(3)
        client.disconnect()
      },
      {},
      { config: { maxmemory: '100mb', 'maxmemory-policy': 'noeviction' } },
    )
  })

  it('because it is a replica: says so', async () => {
    const primary = await RedisServer.start()
    const replica = await RedisServer.start({ config: { replicaof: `127.0.0.1 ${primary.port}` } })
    const error = await failureOf({ connection: replica.url })
    expect(error).toBeInstanceOf(LoopStartError)
    expect(error.message).toMatch(/takes no writes, it is a replica \(READONLY .*\): connect to its primary/)
    await replica.stop()
    await primary.stop()
  })

  it('of this user', async () => {
    const redis = await RedisServer.start()
    const client = new Redis(redis.url)
    await client.call('ACL', 'SETUSER', 'reader', 'on', '>word', '~*', '&*', '+@read', '+@connection', '+info', '+time')
    const error = await failureOf({ connection: `redis://reader:word@127.0.0.1:${redis.port}` })
    expect(error).toBeInstanceOf(LoopStartError)
    expect(error.message).toMatch(/add was not called: Redis at .* does not let this user \(.*NOPERM/)
    client.disconnect()
    await redis.stop()
  })
})

describe('a connection that is lost', () => {
  it('and found again: calls under way are settled, and calls made meanwhile', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start()
    const cable = await Cable.lay(redis.port)
    const server = await ServerProcess.start({ connection: redis.url })
    const loop = startLoop({ adapter: bullmq({ connection: cable.url }) })
    const tasks = load(loop)
    const future = tasks.linger.submit(file.path, 100)
    await file.waitFor('begun')
    await cable.cut()
    // Over, and told, while nobody here can hear it.
    await server.waitFor(({ event }) => event === 'completed')
    const meanwhile = tasks.add.submit(1, 2)
    expect(() => meanwhile.result({ timeout: 50 })).toThrow(TimeoutError)
    expect(String(loop.explain())).toMatch(/it was lost \d+ s ago/)
    await cable.mend()
    expect(future.result({ timeout: 30_000 })).toBe(100)
    expect(meanwhile.result({ timeout: 30_000 })).toBe(3)
    expect(file.lines).toEqual(['begun', 'done'])
    await loop.stop()
    await server.close()
    await cable.remove()
    await redis.stop()
  })

  it('without a word: it is noticed, and the call settled over another one', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start()
    const cable = await Cable.lay(redis.port)
    const server = await ServerProcess.start({ connection: redis.url })
    const loop = startLoop({ adapter: bullmq({ connection: cable.url }) })
    const future = load(loop).linger.submit(file.path, 100)
    await file.waitFor('begun')
    await cable.hush()
    await file.waitFor('done')
    expect(future.result({ timeout: 90_000 })).toBe(100)
    await loop.stop()
    await server.close()
    await cable.remove()
    await redis.stop()
  })

  it('for good: what is under way fails with LoopExitError; the next call works when it is back', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start()
    const cable = await Cable.lay(redis.port)
    const server = await ServerProcess.start({ connection: redis.url })
    const loop = startLoop({ adapter: bullmq({ connection: cable.url, reconnectTimeout: 300 }) })
    const tasks = load(loop)
    const [blocked, awaited] = [tasks.linger.submit(file.path, 60_000), tasks.linger.submit(file.path, 60_000)]
    await file.waitFor('begun')
    await cable.cut()
    expect(() => blocked.result()).toThrow(LoopExitError)
    await expect(awaited).rejects.toThrow(/the connection was lost for 300 ms; Redis at .*; calls that were made go on/)
    await cable.mend()
    expect(tasks.add.sync(1, 2)).toBe(3)
    await loop.stop()
    await server.kill()
    await cable.remove()
    await redis.stop()
  })

  it('by a server: what it ran is settled once it is back', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start()
    const cable = await Cable.lay(redis.port)
    const server = await ServerProcess.start({ connection: cable.url })
    const loop = startLoop({ adapter: bullmq({ connection: redis.url }) })
    const tasks = load(loop)
    const future = tasks.linger.submit(file.path, 100)
    await file.waitFor('begun')
    await cable.cut()
    await file.waitFor('done')
    await server.waitFor(({ event }) => event === 'disconnected')
    await cable.mend()
    await server.waitFor(({ event }) => event === 'connected')
    expect(future.result({ timeout: 60_000 })).toBe(100)
    await loop.stop()
    await server.close()
    await cable.remove()
    await redis.stop()
  })

  it('by a server that is closed meanwhile: it ends, and its process with it', async () => {
    const redis = await RedisServer.start()
    const server = await ServerProcess.start({ connection: redis.url, stalledInterval: 1_000 })
    await redis.halt()
    await server.waitFor(({ event }) => event === 'disconnected')
    await server.close()
    expect(server.events.at(-1)).toEqual({ event: 'stopped', abandoned: 0 })
    await redis.stop()
  })

  it('by a server that is closed in the middle of a call: it leaves the call to others when its time is up', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start({ appendOnly: true })
    const server = await ServerProcess.start({ connection: redis.url, stalledInterval: 1_000 })
    const loop = startLoop({ adapter: bullmq({ connection: redis.url }) })
    const future = load(loop).linger.submit(file.path, 2_000)
    await file.waitFor('begun')
    await redis.halt()
    await server.waitFor(({ event }) => event === 'disconnected')
    await server.close({ timeout: 50 })
    expect(server.events.at(-1)).toEqual({ event: 'stopped', abandoned: 1 })
    await redis.resume()
    const other = await ServerProcess.start({ connection: redis.url, stalledInterval: 1_000 })
    expect(future.result({ timeout: 60_000 })).toBe(2_000)
    await loop.stop()
    await other.close()
    await redis.stop()
  })

  it('by a server, for longer than a job is its own: it comes back to it, and runs once', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start()
    const cable = await Cable.lay(redis.port)
    const server = await ServerProcess.start({ connection: cable.url, stalledInterval: 500 })
    const loop = startLoop({ adapter: bullmq({ connection: redis.url }) })
    const future = load(loop).linger.submit(file.path, 5_000)
    await file.waitFor('begun')
    await cable.cut()
    await server.waitFor(({ event }) => event === 'disconnected')
    await cable.mend()
    expect(future.result({ timeout: 60_000 })).toBe(5_000)
    expect(file.lines).toEqual(['begun', 'done'])
    await loop.stop()
    await server.close()
    await cable.remove()
    await redis.stop()
  })

  it('by a server, in silence, while it is closed: it ends when its time is up', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start()
    const cable = await Cable.lay(redis.port)
    const server = await ServerProcess.start({ connection: cable.url })
    const loop = startLoop({ adapter: bullmq({ connection: redis.url }) })
    load(loop).linger.submit(file.path, 60_000)
    await file.waitFor('begun')
    await cable.hush()
    await server.close({ timeout: 50 })
    expect(server.events.at(-1)).toEqual({ event: 'stopped', abandoned: 1 })
    await loop.stop({ timeout: 0 }).catch(() => {})
    await cable.remove()
    await redis.stop()
  })

  it('by a server: a call that is cancelled meanwhile is aborted once it is back', async () => {
    using file = new LineFile()
    const redis = await RedisServer.start()
    const cable = await Cable.lay(redis.port)
    const server = await ServerProcess.start({ connection: cable.url })
    const loop = startLoop({ adapter: bullmq({ connection: redis.url }) })
    const future = load(loop).linger.submit(file.path, 60_000)
    await file.waitFor('begun')
    await cable.cut()
    await server.waitFor(({ event }) => event === 'disconnected')
    future.cancel(new Error('meanwhile'))
    // It has been told by the time that the loop is done with it.
    await loop.stop()
    await cable.mend()
    await file.waitFor('cancelled: meanwhile')
    await server.close()
    await cable.remove()
    await redis.stop()
  })
})

describe('servers', () => {
  it('none: a time limit ends the call, and explain says why', async () => {
    await inWorld(async ({ redis, loop, tasks }) => {
      expect(() => tasks.add.with({ timeout: 100 }).sync(1, 2)).toThrow(TimeoutError)
      const text = String(loop.explain())
      expect(text).toContain(`nobody serves the queue "ambisync" on Redis at 127.0.0.1:${redis.port}`)
      expect(loop.explain().reasons).toContain('0 calls wait, 0 run')
    })
  })

  it('none: who waits is warned, once', async () => {
    await inWorld(async ({ redis, serve }) => {
      const caller = fork(new URL('./programs/caller.js', import.meta.url), [redis.url], {
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      })
      let printed = ''
      caller.stderr?.setEncoding('utf8').on('data', (text: string) => {
        printed += text
      })
      const answered = once(caller, 'message')
      caller.send({ name: 'add', args: [1, 2] })
      while (!printed.includes('npx ambisync serve')) await once(caller.stderr as EventEmitter, 'data')
      expect(printed).toMatch(
        /\[AMBISYNC_NOBODY_SERVES\] Warning: ambisync: calls of the loop "loop-1" wait, and nobody serves/,
      )
      expect(printed.split('\n').filter((line) => line.includes('Warning:'))).toHaveLength(1)
      await serve()
      expect((await answered)[0]).toEqual({ result: 3 })
      caller.kill('SIGKILL')
    })
  })

  it('some: explain and queueStatus name them', async () => {
    await inWorld(async ({ redis, loop, serve }) => {
      const servers = [await serve(), await serve({ concurrency: 3 })]
      const text = String(loop.explain())
      expect(text).toContain('2 servers serve the queue "ambisync"')
      for (const { pid } of servers) expect(text).toContain(`served by process ${pid}`)
      const { servers: found, waiting, active } = await queueStatus({ connection: redis.url })
      expect(found.map(({ pid }) => pid).sort()).toEqual(servers.map(({ pid }) => pid).sort())
      expect({ waiting, active }).toEqual({ waiting: 0, active: 0 })
      await servers[0]?.close()
      expect((await queueStatus({ connection: redis.url })).servers).toHaveLength(1)
    })
  })

  it('of another version: an export and a module that it does not have are told with those that it has', async () => {
    await inWorld(async ({ loop, tasks, serve }) => {
      await serve()
      const { added } = loop.load<{ added(): number }>('tasks')
      expect(() => added.sync()).toThrow(/does not export "added"; it exports "add"/)
      const { render } = loop.load<{ render(): number }>('reports')
      expect(() => render.sync()).toThrow(LoopStartError)
      expect(() => render.sync()).toThrow('the server has no module "reports"; it serves "tasks"')
      expect(tasks.add.sync(1, 2)).toBe(3)
    })
  })

  it('one that is killed in the middle: another one runs its calls', async () => {
    using file = new LineFile()
    await inWorld(async ({ tasks, serve }) => {
      const first = await serve({ stalledInterval: 500 })
      const future = tasks.linger.submit(file.path, 1_500)
      await file.waitFor('begun')
      await first.kill()
      await serve({ stalledInterval: 500 })
      expect(future.result({ timeout: 60_000 })).toBe(1_500)
      expect(file.lines).toEqual(['begun', 'begun', 'done'])
    })
  })

  it('all that run it are killed: LoopExitError in the end', async () => {
    using file = new LineFile()
    await inWorld(async ({ tasks, serve }) => {
      const first = await serve({ stalledInterval: 300, maxStalledCount: 0 })
      const future = tasks.linger.submit(file.path, 60_000)
      await file.waitFor('begun')
      await first.kill()
      await serve({ stalledInterval: 300, maxStalledCount: 0 })
      expect(() => future.result({ timeout: 60_000 })).toThrow(LoopExitError)
    })
  })

  it('one that drains ends its calls, and takes no more', async () => {
    using file = new LineFile()
    await inWorld(async ({ tasks, serve }) => {
      const server = await serve()
      const future = tasks.linger.submit(file.path, 500)
      await file.waitFor('begun')
      const closed = server.close()
      await server.waitFor(({ event }) => event === 'draining')
      expect(future.result()).toBe(500)
      await closed
      expect(server.events.at(-1)).toEqual({ event: 'stopped', abandoned: 0 })
      const later = tasks.add.submit(1, 2)
      expect(() => later.result({ timeout: 300 })).toThrow(TimeoutError)
      await serve()
      expect(later.result({ timeout: 60_000 })).toBe(3)
    })
  })

  it('one that has no time to drain leaves its calls to others', async () => {
    using file = new LineFile()
    await inWorld(async ({ tasks, serve }) => {
      // It is given back at once, and not found out: that would take an hour.
      const server = await serve({ stalledInterval: 3_600_000 })
      const future = tasks.linger.submit(file.path, 2_000)
      await file.waitFor('begun')
      await server.close({ timeout: 50 })
      expect(server.events.at(-1)).toEqual({ event: 'stopped', abandoned: 1 })
      await serve({ stalledInterval: 3_600_000 })
      expect(future.result({ timeout: 60_000 })).toBe(2_000)
    })
  })

  it('one whose task ends its loop fails that call, and serves on', async () => {
    await inWorld(async ({ tasks, serve }) => {
      const server = await serve()
      let failure: unknown
      try {
        tasks.exit.sync(7)
      } catch (error) {
        failure = error
      }
      expect(failure).toBeInstanceOf(LoopExitError)
      expect(failure).toHaveProperty('exitCode', 7)
      expect(tasks.add.sync(1, 2)).toBe(3)
      await server.waitFor(({ event }) => event === 'failed')
    })
  })

  it('one that has nothing to serve, or cannot import it, does not start', async () => {
    await inWorld(async ({ redis }) => {
      const refused = (modules: Record<string, string>) => ServerProcess.start({ connection: redis.url, modules })
      await expect(refused({ a: './nowhere.js' })).rejects.toThrow(/modules.a: there is no file .*nowhere.js/)
      await expect(refused({ a: 'data:text/javascript,throw new RangeError("at import")' })).rejects.toThrow(
        /at import/,
      )
      await expect(refused({})).rejects.toThrow('modules is empty')
    })
  })
})

async function stateInTheEnd(job: Job): Promise<string> {
  for (;;) {
    const state = await job.getState()
    if (state === 'failed' || state === 'completed') return state
  }
}

/** Why it has failed, when it has. */
async function failureOfJob(queue: Queue, id: string): Promise<string | undefined> {
  for (;;) {
    const reason = (await queue.getJob(id))?.failedReason
    if (reason !== undefined) return reason
  }
}

describe('jobs that are not what they should be', () => {
  it('of somebody else, on the same queue: they fail, and calls go on', async () => {
    await inWorld(async ({ redis, tasks, serve }) => {
      await serve()
      const client = new Redis(redis.url, { maxRetriesPerRequest: null })
      const queue = new Queue('ambisync', { connection: client })
      const evil = { module: 'tasks', export: 'constructor', args: [] }
      const jobs = [{ to: 'somebody' }, null, 'text', { module: 'tasks' }, { ...evil, clone: 7 }, evil]
      const ids = await Promise.all(jobs.map(async (data) => (await queue.add('mail', data)).id ?? ''))
      expect(tasks.add.sync(1, 2)).toBe(3)
      const reasons = await Promise.all(ids.map((id) => failureOfJob(queue, id)))
      expect(reasons.slice(0, 5).every((reason) => reason?.startsWith('it is not a call of @ambisync/bullmq'))).toBe(
        true,
      )
      expect(reasons[5]).toContain('does not export "constructor"')
      client.disconnect()
    })
  })

  it('ended by somebody else, in another way than servers do: who attaches is told, and other calls go on', async () => {
    await inWorld(async ({ redis, loop, tasks }) => {
      const client = new Redis(redis.url, { maxRetriesPerRequest: null })
      const queue = new Queue('ambisync', { connection: client })
      const values = [5, null, 'text', [], { stored: 7 }, { value: 1, more: 2 }]
      const worker = new QueueWorker('ambisync', async (job) => values[job.data], { connection: client })
      const jobs = await Promise.all(values.map((_, index) => queue.add('theirs', index, { jobId: `their-${index}` })))
      for (const job of jobs) await stateInTheEnd(job)
      await worker.close()
      for (const index of values.keys()) {
        const attached = attach(loop, `their-${index}`)
        await expect(attached).rejects.toThrow(UnknownCallError)
      }
      expect(tasks.add.submit(1, 2).cancel()).toBe(true)
      client.disconnect()
    })
  })

  it('an event that nobody can read: calls are settled all the same', async () => {
    await inWorld(async ({ redis, tasks, serve }) => {
      const client = new Redis(redis.url)
      await serve()
      expect(tasks.add.sync(1, 2)).toBe(3)
      await client.xadd('bull:ambisync:events', '*', 'event', 'progress', 'jobId', '1', 'data', '{')
      for (let time = 0; time < 5; time++) expect(tasks.add.sync(time, 1)).toBe(time + 1)
      client.disconnect()
    })
  })

  it('removed by hand: the call is told', async () => {
    await inWorld(async ({ redis, tasks }) => {
      const client = new Redis(redis.url, { maxRetriesPerRequest: null })
      const queue = new Queue('ambisync', { connection: client })
      const future = tasks.add.submit(1, 2)
      const id = `${future.id}`
      while ((await queue.getJob(id)) === undefined);
      await queue.remove(id)
      await expect(future).rejects.toThrow('add was cancelled by somebody else, or its job removed from the queue')
      client.disconnect()
    })
  })

  it('lost without a word: the call is told, after a look', async () => {
    await inWorld(async ({ redis, tasks }) => {
      const client = new Redis(redis.url)
      const future = tasks.add.submit(1, 2)
      while ((await client.exists(`bull:ambisync:${future.id}`)) === 0);
      await client.flushall()
      await expect(future).rejects.toThrow(UnknownCallError)
      client.disconnect()
    })
  })

  it('too large: refused, on either side, with how large it is', async () => {
    await inWorld(
      async ({ tasks, serve }) => {
        await serve({ payloadLimit: 1_000 })
        const failure = (run: () => unknown): unknown => {
          try {
            return run()
          } catch (error) {
            return error
          }
        }
        const sent = failure(() => tasks.echo.sync('x'.repeat(2_000)))
        expect(sent).toBeInstanceOf(SerializationError)
        expect((sent as Error).message).toContain('args takes 2004 bytes, more than the payloadLimit of 1000')
        const returned = failure(() => tasks.text.sync(2_000))
        expect(returned).toBeInstanceOf(SerializationError)
        expect((returned as Error).message).toContain('result takes 2002 bytes, more than the payloadLimit of 1000')
        expect(tasks.add.sync(1, 2)).toBe(3)
      },
      { payloadLimit: 1_000 },
    )
  })
})

describe('gather over many servers', () => {
  it('spreads the calls', async () => {
    await inWorld(async ({ tasks, serve }) => {
      const servers = await Promise.all([serve(), serve(), serve()])
      gather(Array.from({ length: 300 }, () => tasks.pause.submit(5))).result()
      await Promise.all(servers.map((server) => server.waitFor(({ event }) => event === 'completed')))
    })
  })
})
