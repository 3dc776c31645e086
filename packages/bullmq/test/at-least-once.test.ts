import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { RedisServer, type RedisServerOptions } from '@ambisync-apps/redis-server'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { LineFile } from './line-file.ts'
import { ServerProcess } from './server-process.ts'

const program = fileURLToPath(new URL('./programs/many-calls.js', import.meta.url))

/** What a program that makes calls says in the end. */
interface Outcome {
  readonly settled: number
  readonly wrong: readonly string[]
}

/** Resolves when it has made its calls, with what tells of their outcome. */
async function makeCalls(
  connection: string,
  count: number,
  file: LineFile,
): Promise<{ readonly outcome: Promise<Outcome> }> {
  const child: ChildProcess = fork(program, [JSON.stringify({ connection }), String(count), file.path])
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.on('message', (message: 'made' | Outcome) => {
      if (message !== 'made') resolve(message)
    })
    child.on('exit', (code) => reject(new Error(`it ended with ${code}`)))
  })
  outcome.catch(() => {})
  await once(child, 'message')
  return { outcome }
}

/** How often each call has run. */
function runsOf(file: LineFile): Map<string, number> {
  const runs = new Map<string, number>()
  for (const id of file.lines) runs.set(id, (runs.get(id) ?? 0) + 1)
  return runs
}

/** How often each call was taken from a server that had died: BullMQ counts that in its job. */
async function stallsOf(redis: Redis, ids: Iterable<string>): Promise<Map<string, number>> {
  const stalls = new Map<string, number>()
  for (const id of ids) stalls.set(id, Number(await redis.hget(`bull:ambisync:${id}`, 'stc')))
  return stalls
}

async function withRedis(options: RedisServerOptions, run: (redis: RedisServer) => Promise<void>): Promise<void> {
  const redis = await RedisServer.start(options)
  try {
    await run(redis)
  } finally {
    await redis.stop()
  }
}

describe('every call is settled right, and has run', () => {
  it('10,000 on three servers, which are killed and replaced at random', async () => {
    const count = 10_000
    using file = new LineFile()
    await withRedis({}, async (redis) => {
      const client = new Redis(redis.url)
      const start = (): Promise<ServerProcess> =>
        ServerProcess.start({ connection: redis.url, stalledInterval: 1_000, maxStalledCount: 20, concurrency: 20 })
      const first = await Promise.all([start(), start(), start()])
      const { outcome } = await makeCalls(redis.url, count, file)
      let isOver = false
      const over = outcome.finally(() => {
        isOver = true
      })
      let killed = 0
      /** Kills a server in the middle of its work, and those that take its place. Gives the last one. */
      const harass = async (server: ServerProcess): Promise<ServerProcess> => {
        const due = randomInt(50, 1_000)
        const isDue = server.waitFor(() => server.count('completed') >= due)
        await Promise.race([isDue.catch(() => {}), over.catch(() => {})])
        if (isOver) return server
        await server.kill()
        killed++
        return await harass(await start())
      }
      const last = await Promise.all(first.map(harass))
      const { settled, wrong } = await over
      expect(wrong).toEqual([])
      expect(settled).toBe(count + count / 10)
      expect(killed).toBeGreaterThan(2)
      const runs = runsOf(file)
      expect(runs.size).toBe(count)
      const stalls = await stallsOf(client, runs.keys())
      const tooOften = [...runs].filter(([id, times]) => times > 1 + (stalls.get(id) ?? 0))
      expect(tooOften).toEqual([])
      expect([...stalls.values()].some((times) => times > 0)).toBe(true)
      client.disconnect()
      await Promise.all(last.map((server) => server.close()))
    })
  })

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    '1,000 on two servers, while Redis is ended by %s and started again',
    async (signal) => {
      const count = 1_000
      using file = new LineFile()
      await withRedis({ appendOnly: true }, async (redis) => {
        const start = (): Promise<ServerProcess> =>
          ServerProcess.start({ connection: redis.url, stalledInterval: 1_000, maxStalledCount: 20, concurrency: 2 })
        const servers = await Promise.all([start(), start()])
        const { outcome } = await makeCalls(redis.url, count, file)
        for (let restarts = 0; restarts < 2; restarts++) {
          const due = file.lines.length + randomInt(50, 250)
          await file.waitUntil((lines) => lines.length >= due || lines.length >= count)
          await redis.halt(signal)
          await redis.resume()
        }
        const { settled, wrong } = await outcome
        expect(wrong).toEqual([])
        expect(settled).toBe(count + count / 10)
        expect(runsOf(file).size).toBe(count)
        await Promise.all(servers.map((server) => server.kill()))
      })
    },
  )
})
