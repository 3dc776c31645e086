import { createRequire } from 'node:module'
import { type Adapter, startLoop } from '@ambisync/core'

/** Ours, each imported only in the processes that measure it. */
const adapters: Readonly<Record<string, () => Promise<Adapter>>> = {
  'worker-threads': async () => (await import('@ambisync/worker-threads')).workerThreads(),
  atomics: async () => (await import('@ambisync/atomics')).atomics(),
  'child-process': async () => (await import('@ambisync/child-process')).childProcess(),
  deasync: async () => (await import('@ambisync/deasync')).deasync(),
}

/** Tasks that answer with what they are given: at once, or after a `setImmediate`. */
export type TaskName = 'echo' | 'echoInNextTurn'

/** A blocking call of such a task. */
export type Echo = (value: unknown) => unknown

/** Imports a contestant. What is returned starts it, and gives its calls. */
export type Start = () => (task: TaskName) => Echo

/** Those that we are compared with. */
const peers: Readonly<Record<string, () => Promise<Start>>> = {
  async synckit() {
    const { createSyncFn } = await import('synckit')
    return () => (task) => {
      if (task !== 'echo') throw new Error(`synckit has no ${task}`)
      return createSyncFn<(value: unknown) => Promise<unknown>>(new URL('../tasks/echo-synckit.js', import.meta.url))
    }
  },
  async 'bare deasync'() {
    const deasync = createRequire(import.meta.url)('deasync') as Deasync
    return () => (task) => {
      if (task !== 'echoInNextTurn') throw new Error(`bare deasync has no ${task}`)
      return deasync((value, done) => setImmediate(done, null, value))
    }
  },
}

/** Makes a blocking function of one that takes a callback. */
type Deasync = (run: (value: unknown, done: (error: null, result: unknown) => void) => void) => Echo

export async function importAdapter(name: string): Promise<Adapter> {
  const start = adapters[name]
  if (start === undefined) throw new Error(`there is no adapter "${name}" but ${Object.keys(adapters).join(', ')}`)
  return start()
}

export async function importContestant(name: string): Promise<Start> {
  const peer = peers[name]
  if (peer !== undefined) return peer()
  const adapter = await importAdapter(name)
  return () => {
    const loop = startLoop({ adapter })
    const tasks = loop.load<typeof import('../tasks/echo.js')>(new URL('../tasks/echo.js', import.meta.url))
    return (task) => tasks[task].sync
  }
}
