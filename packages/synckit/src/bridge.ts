/** The task module of every loop here: it imports a worker, which leaves its function by `runAsWorker`, and calls that. */
import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { GlobalShim } from './global-shims.ts'

type Task = (...args: readonly unknown[]) => unknown

const registryKey = Symbol.for('ambisync.synckit.worker')

let loading: Promise<Task> | undefined

/** A loop has one worker. */
export async function call(url: string, shims: readonly GlobalShim[], args: readonly unknown[]): Promise<unknown> {
  loading ??= load(url, shims)
  const task = await loading
  return await task(...args)
}

async function load(url: string, shims: readonly GlobalShim[]): Promise<Task> {
  let task: Task | undefined
  Reflect.set(globalThis, registryKey, (given: Task) => {
    task ??= given
  })
  for (const shim of shims) await setGlobal(shim, url)
  await import(url)
  if (task === undefined) throw new Error(`the worker ${url} did not call runAsWorker while it was loaded`)
  return task
}

/** One that is not installed is left out, as synckit does. */
async function setGlobal({ moduleName, globalName, named, conditional }: GlobalShim, url: string): Promise<void> {
  let path: string
  try {
    path = createRequire(url).resolve(moduleName)
  } catch {
    return
  }
  // That of a module of Node's own is its name.
  const module: Readonly<Record<string, unknown>> = await import(isAbsolute(path) ? pathToFileURL(path).href : path)
  if (globalName === undefined || (conditional !== false && Reflect.get(globalThis, globalName))) return
  Reflect.set(globalThis, globalName, named === null ? module : module[named?.trim() || 'default'])
}
