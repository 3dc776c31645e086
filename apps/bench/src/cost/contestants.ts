import { type Adapter, startLoop } from '@ambisync/core'

/** Ours, each imported only in the processes that measure it. */
const adapters: Readonly<Record<string, () => Promise<Adapter>>> = {
  'worker-threads': async () => (await import('@ambisync/worker-threads')).workerThreads(),
  atomics: async () => (await import('@ambisync/atomics')).atomics(),
}

/** A blocking call of a task that answers with what it is given. */
export type Echo = (value: unknown) => unknown

export async function importAdapter(name: string): Promise<Adapter> {
  const start = adapters[name]
  if (start === undefined) throw new Error(`there is no adapter "${name}" but ${Object.keys(adapters).join(', ')}`)
  return start()
}

/** Imports a contestant. What is returned starts it, and gives its call. */
export async function importEcho(name: string): Promise<() => Echo> {
  if (name === 'synckit') {
    const { createSyncFn } = await import('synckit')
    return () =>
      createSyncFn<(value: unknown) => Promise<unknown>>(new URL('../tasks/echo-synckit.js', import.meta.url))
  }
  const adapter = await importAdapter(name)
  return () => {
    const loop = startLoop({ adapter })
    return loop.load<typeof import('../tasks/echo.js')>(new URL('../tasks/echo.js', import.meta.url)).echo.sync
  }
}
