import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type SettledOptions, type SynckitOptions, settleOptions } from './options.ts'

/** Any function at all. */
// biome-ignore lint/suspicious/noExplicitAny: so it is in synckit, and is assigned from there
export type AnyFn<R = any, T extends any[] = any[]> = (...args: T) => R

/** What a synckit worker's function is for its caller. */
export type Syncify<T extends AnyFn> = (...args: Parameters<T>) => Awaited<ReturnType<T>>

/** What synckit takes the function for where it is not told. */
// biome-ignore lint/suspicious/noExplicitAny: whoever comes from synckit assigns the result without a cast
type Untyped = (...args: unknown[]) => any

/** By the worker, and the options that are not as they are by default. */
const created = new Map<string, Syncify<Untyped>>()

/**
 * Makes a function that blocks of the one that a worker module gives to `runAsWorker`. The worker is a loop in a thread of
 * its own, which starts at once.
 *
 * Called again for the same worker with the same options, it gives the same function; with others, another one, on a
 * loop of its own.
 *
 * @param workerPath an absolute path, or a `file:` URL
 * @param timeoutOrOptions milliseconds for a call, or options
 * @throws {Error} if the path is not absolute, or a worker in TypeScript cannot be loaded here
 * @throws {TypeError} for an option that cannot be right
 * @example const format = createSyncFn<typeof import('./worker.js').format>(require.resolve('./worker'))
 */
export function createSyncFn<T extends AnyFn = Untyped>(
  workerPath: URL | string,
  timeoutOrOptions?: SynckitOptions | number,
): Syncify<T> {
  const path = pathOf(workerPath)
  const options = settleOptions(timeoutOrOptions)
  const key = JSON.stringify([path, options])
  const known = created.get(key)
  if (known !== undefined) return known as Syncify<T>
  const made = create(path, options)
  created.set(key, made)
  return made as Syncify<T>
}

function pathOf(workerPath: URL | string): string {
  const path =
    typeof workerPath === 'string' && !workerPath.startsWith('file://') ? workerPath : fileURLToPath(workerPath)
  if (!isAbsolute(path)) throw new Error(`\`workerPath\` must be absolute, not ${JSON.stringify(path)}`)
  return path
}

/** The same, but for another loop of its own each time. */
export function startWorkerThread<T extends AnyFn, R = Awaited<ReturnType<T>>>(
  workerPath: string,
  options: SynckitOptions = {},
): (...args: Parameters<T>) => R {
  return create(pathOf(workerPath), settleOptions(options))
}

/** With the first function, core and the adapter: a worker, which imports this package for `runAsWorker`, goes without. */
let createWorkerFunction: typeof import('./worker-function.ts').createWorkerFunction | undefined

function create(path: string, options: SettledOptions): Syncify<Untyped> {
  createWorkerFunction ??= loadWorkerFunction().createWorkerFunction
  return createWorkerFunction(path, options)
}

function loadWorkerFunction(): typeof import('./worker-function.ts') {
  return createRequire(import.meta.url)('./worker-function.cjs')
}
