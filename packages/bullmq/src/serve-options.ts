import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Adapter } from '@ambisync/core'
import { checkOptionNames, checkTimeout } from '@ambisync/core/options'
import { describe } from './describe.ts'
import { type Location, type LocationOptions, locationOf } from './location.ts'
import { checkConnectTimeout, checkCount, defaultPayloadLimit, longestTimer } from './options.ts'
import type { ServeEvent } from './serve-event.ts'

/** Options of `serve`. */
export interface ServeOptions extends LocationOptions {
  /**
   * The modules that are served, by the names that callers load them by. Their exports can be called, and nothing else.
   * URLs, or paths and bare specifiers, which are resolved from the working directory.
   */
  readonly modules: Readonly<Record<string, string | URL>>
  /** What the loop is run by that the tasks are on, e.g. `workerThreads()`. */
  readonly adapter: Adapter
  /** How many calls run at the same time; 8 by default. */
  readonly concurrency?: number | undefined
  /** How many loops there are, each on a thread or process of its own: for tasks that compute. 1 by default. */
  readonly loops?: number | undefined
  /**
   * How long a task may take to acknowledge a cancellation before its loop is killed, in milliseconds, as of `startLoop`;
   * 1,000 by default.
   */
  readonly grace?: number | undefined
  /** The most that a result may take as it is sent, in bytes; 8 MiB by default. */
  readonly payloadLimit?: number | undefined
  /** The longest time to connect, in milliseconds; 10,000 by default. */
  readonly connectTimeout?: number | undefined
  /**
   * For how long a call that runs is this server's without a word of it, in milliseconds; 30,000 by default. A call of one
   * that has died runs again elsewhere after that time, or twice that.
   */
  readonly stalledInterval?: number | undefined
  /** How often a call may run again because its server has died, before it fails with `LoopExitError`; 3 by default. */
  readonly maxStalledCount?: number | undefined
  /** Is told what happens. */
  readonly onEvent?: ((event: ServeEvent) => void) | undefined
}

/** Options with their defaults. */
export interface CheckedServeOptions {
  readonly location: Location
  readonly modules: ReadonlyMap<string, string | URL>
  readonly adapter: Adapter
  readonly concurrency: number
  readonly loops: number
  readonly grace: number
  readonly payloadLimit: number
  readonly connectTimeout: number
  readonly stalledInterval: number
  readonly maxStalledCount: number
  readonly onEvent: (event: ServeEvent) => void
}

const names = [
  'connection',
  'queue',
  'prefix',
  'modules',
  'adapter',
  'concurrency',
  'loops',
  'grace',
  'payloadLimit',
  'connectTimeout',
  'stalledInterval',
  'maxStalledCount',
  'onEvent',
] as const satisfies readonly (keyof ServeOptions)[]

/** @throws {TypeError | RangeError} for an option that there is not, or that cannot be right */
export function checkServeOptions(options: ServeOptions): CheckedServeOptions {
  checkOptionNames(options, names, 'serve')
  const { adapter, concurrency = 8, loops = 1, payloadLimit = defaultPayloadLimit } = options
  const { stalledInterval = 30_000, maxStalledCount = 3, onEvent = () => {} } = options
  if (typeof adapter?.open !== 'function') {
    throw new TypeError(`adapter must be an adapter, such as workerThreads(), not ${describe(adapter)}`)
  }
  if (adapter.capabilities.modules !== 'url') {
    throw new TypeError(
      `adapter must be one that runs modules of this machine, such as workerThreads(), not ${adapter.name}`,
    )
  }
  checkCount(concurrency, 'concurrency', 1)
  checkCount(loops, 'loops', 1)
  checkCount(payloadLimit, 'payloadLimit', 1)
  checkCount(stalledInterval, 'stalledInterval', 100, longestTimer)
  checkCount(maxStalledCount, 'maxStalledCount', 0)
  if (typeof onEvent !== 'function') throw new TypeError(`onEvent must be a function, not ${describe(onEvent)}`)
  return {
    location: locationOf(options),
    modules: checkModules(options.modules),
    adapter,
    concurrency,
    loops,
    grace: checkTimeout(options.grace ?? 1_000, 'grace'),
    payloadLimit,
    connectTimeout: checkConnectTimeout(options.connectTimeout),
    stalledInterval,
    maxStalledCount,
    onEvent,
  }
}

function checkModules(modules: ServeOptions['modules']): ReadonlyMap<string, string | URL> {
  if (typeof modules !== 'object' || modules === null || Array.isArray(modules)) {
    throw new TypeError(`modules must be an object of modules by name, such as { reports: './tasks.js' }`)
  }
  const checked = new Map<string, string | URL>()
  for (const [name, specifier] of Object.entries(modules)) {
    if (name === '') throw new TypeError('modules has a module without a name')
    if (typeof specifier !== 'string' && !(specifier instanceof URL)) {
      throw new TypeError(`modules.${name} must be a URL or a path, not ${describe(specifier)}`)
    }
    checkFile(name, specifier)
    checked.set(name, specifier)
  }
  if (checked.size === 0) throw new TypeError('modules is empty: there is nothing to serve')
  return checked
}

/** A server that nobody can call is not started: a file that is not there is a slip of whoever starts it. */
function checkFile(name: string, specifier: string | URL): void {
  const url = asFile(specifier)
  if (url === undefined || existsSync(url)) return
  throw new TypeError(`modules.${name}: there is no file ${fileURLToPath(url)}`)
}

function asFile(specifier: string | URL): URL | undefined {
  if (specifier instanceof URL || /^[a-z][a-z\d+.-]+:/i.test(specifier)) {
    const url = new URL(specifier)
    return url.protocol === 'file:' ? new URL(url.pathname, url) : undefined
  }
  // A bare specifier is a package's.
  if (!isAbsolute(specifier) && !/^\.{1,2}\//.test(specifier)) return undefined
  return pathToFileURL(resolve(specifier))
}
