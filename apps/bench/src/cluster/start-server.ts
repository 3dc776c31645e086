import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ServerOrder } from './server-process.ts'

/** A process that serves a queue. It ends with this one. */
export interface ServerProcess {
  /** Of all of its threads, in microseconds. */
  processorTime(): Promise<number>
  end(): void
}

/** Resolves when calls can come. */
export async function startServer(script: 'own-server' | 'bare-server', order: ServerOrder): Promise<ServerProcess> {
  const path = fileURLToPath(new URL(`./${script}.js`, import.meta.url))
  const child = fork(path, [JSON.stringify(order)], { execArgv: [] })
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`a server exited with code ${code}`)
  })
  // Of interest only while something is expected of it.
  ended.catch(() => {})
  const message = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), ended]))[0]
  await message()
  return {
    async processorTime() {
      child.send('processor time')
      return Number(await message())
    },
    end: () => child.disconnect(),
  }
}
