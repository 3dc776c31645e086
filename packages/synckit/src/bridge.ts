/** The task module of every loop here: it imports a worker, which leaves its function by `runAsWorker`, and calls that. */
import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { GlobalShim } from './global-shims.ts'

type Task = (...args: readonly unknown[]) => unknown

const registryKey = Symbol.for('ambisync.synckit.worker')

let loading: Promise<Task> | undefined

/**
 * A loop has one worker.
 * @param worker the path of a CommonJS module, or the URL of any other
 */
export async function call(worker: string, shims: readonly GlobalShim[], args: readonly unknown[]): Promise<unknown> {
  loading ??= load(worker, shims)
  const task = await loading
  return await task(...args)
}

async function load(worker: string, shims: readonly GlobalShim[]): Promise<Task> {
  let task: Task | undefined
  Reflect.set(globalThis, registryKey, (given: Task) => {
    task ??= given
  })
  for (const shim of shims) await setGlobal(shim, worker)
  if (isAbsolute(worker)) await requireOrImport(worker)
  else await import(worker)
  if (task === undefined) throw new Error(`the worker ${worker} did not call runAsWorker while it was loaded`)
  return task
}

/** `require` is faster. It refuses what turns out to be a module by its syntax, and awaits at its top level. */
async function requireOrImport(path: string): Promise<void> {
  try {
    createRequire(path)(path)
  } catch (error) {
    if (!/^ERR_REQUIRE_(ESM|ASYNC_MODULE)$/.test(String((error as NodeJS.ErrnoException | null)?.code))) throw error
    await import(pathToFileURL(path).href)
  }
}

/** One that is not installed is left out, as synckit does. */
async function setGlobal({ moduleName, globalName, named, conditional }: GlobalShim, worker: string): Promise<void> {
  let path: string
  try {
    path = createRequire(worker).resolve(moduleName)
  } catch {
    return
  }
  // That of a module of Node's own is its name.
  const module: Readonly<Record<string, unknown>> = await import(isAbsolute(path) ? pathToFileURL(path).href : path)
  if (globalName === undefined || (conditional !== false && Reflect.get(globalThis, globalName))) return
  Reflect.set(globalThis, globalName, named === null ? module : module[named?.trim() || 'default'])
}
