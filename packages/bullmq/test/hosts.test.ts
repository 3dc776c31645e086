import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { RedisServer } from '@ambisync-apps/redis-server'
import { expect, it } from 'vitest'
import { LineFile } from './line-file.ts'
import { canMakeNetworks, Network } from './network.ts'
import { ServerProcess } from './server-process.ts'

const program = fileURLToPath(new URL('./programs/caller.js', import.meta.url))

/** A caller on a host of its own, which blocks for each of its calls. */
class Caller {
  readonly #child: ChildProcess

  constructor(within: readonly string[], connection: string) {
    const [command = '', ...rest] = within
    this.#child = spawn(command, [...rest, process.execPath, program, connection], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  }

  /** The result of a call of the tasks, or the name of the error that it has thrown. */
  async call(name: string, ...args: readonly unknown[]): Promise<unknown> {
    this.#child.send({ name, args })
    const [{ result, failure }] = await once(this.#child, 'message')
    return failure ?? result
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exited
  }
}

it.runIf(canMakeNetworks())(
  'several hosts: one is cut off in the middle of a call, which another one runs, and comes back',
  async () => {
    using file = new LineFile()
    using network = new Network()
    const host = network.addHost('redis')
    const [near, far, third] = ['near', 'far', 'caller'].map((name) => network.addHost(name))
    if (near === undefined || far === undefined || third === undefined) throw new Error('a host is missing')
    const redis = await RedisServer.start({
      host: host.address,
      within: host.within,
      config: { 'protected-mode': 'no' },
    })
    const start = (within: readonly string[]): Promise<ServerProcess> =>
      ServerProcess.start({ connection: redis.url, within, stalledInterval: 1_000, concurrency: 1 })
    const caller = new Caller(third.within, redis.url)
    const cutOff = await start(far.within)
    try {
      expect(await caller.call('add', 1, 2)).toBe(3)
      const lingering = caller.call('linger', file.path, 2_500)
      await file.waitFor('begun')
      network.setCable('far', 'down')
      const other = await start(near.within)
      expect(await lingering).toBe(2_500)
      // It was begun twice, and came to its end at both: the one that was cut off knew nothing.
      expect(file.lines.filter((line) => line === 'begun')).toHaveLength(2)
      network.setCable('far', 'up')
      // Only the one that was cut off is left to answer this.
      await other.close()
      expect(await caller.call('add', 2, 3)).toBe(5)
      // The caller itself.
      const cutOffCall = caller.call('linger', file.path, 500)
      await file.waitUntil((lines) => lines.filter((line) => line === 'begun').length === 3)
      network.setCable('caller', 'down')
      await file.waitUntil((lines) => lines.filter((line) => line === 'done').length === 3)
      network.setCable('caller', 'up')
      expect(await cutOffCall).toBe(500)
      await other.kill()
    } finally {
      await caller.end()
      await cutOff.kill()
      await redis.stop()
    }
  },
)
