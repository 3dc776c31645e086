import type { Adapter, ModeDefaults } from '@ambisync/core'
import { checkOptionNames, describeType } from '@ambisync/core/options'

/** `proxy` as an object: what undici's `ProxyAgent` takes, as far as it is data. */
export interface ProxyOptions {
  /** Where the proxy is. */
  readonly uri: string
  /** For the header `proxy-authorization`, such as `Basic …`. */
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** TLS options for the way to the proxy, and through it to the server. */
  readonly proxyTls?: Readonly<Record<string, unknown>> | undefined
  readonly requestTls?: Readonly<Record<string, unknown>> | undefined
  readonly proxyTunnel?: boolean | undefined
}

/** undici's interceptors, each with its own options as far as they are data; `true` for their defaults. */
export interface InterceptorOptions {
  /** Keeps responses as HTTP's caching headers allow. Each loop, and this thread for `.async`, has a cache of its own. */
  readonly cache?: boolean | Readonly<Record<string, unknown>> | undefined
  /** Repeats requests that failed, as undici's `RetryHandler` does. */
  readonly retry?: boolean | Readonly<Record<string, unknown>> | undefined
  /** Keeps the addresses of hosts. */
  readonly dns?: boolean | Readonly<Record<string, unknown>> | undefined
}

/** How connections are made: undici's options. They are data, because they go to the loop. */
export interface ConnectionOptions {
  /** Connections to one origin at the same time. Left out or null: as many as there are requests. */
  readonly connections?: number | null | undefined
  /** Requests on one connection before the first of them is answered; 1 by default, 0 for no keep-alive. */
  readonly pipelining?: number | undefined
  /** Takes HTTP/2 where a server offers it over TLS; false by default. */
  readonly allowH2?: boolean | undefined
  /** The proxy that requests go through. */
  readonly proxy?: string | URL | ProxyOptions | undefined
  /** TLS and socket options: `ca`, `cert`, `key`, `rejectUnauthorized`, `timeout` (ms, 10,000 by default), … */
  readonly connect?: Readonly<Record<string, unknown>> | undefined
  /** How long an idle connection is kept, in milliseconds; 4,000 by default. A server's own hint is followed. */
  readonly keepAliveTimeout?: number | undefined
  /** Longest time until the headers of a response are complete, in milliseconds; 300,000 by default, 0 for no limit. */
  readonly headersTimeout?: number | undefined
  /** Longest time between two chunks of a body, in milliseconds; 300,000 by default, 0 for no limit. */
  readonly bodyTimeout?: number | undefined
  /** Most bytes of a body, as sent; -1, the default, for any. */
  readonly maxResponseSize?: number | undefined
  readonly interceptors?: InterceptorOptions | undefined
}

/** Options of {@link createFetch}. */
export interface FetchOptions extends ConnectionOptions, ModeDefaults {
  /** How the loop for the blocking forms is run; `workerThreads()` by default. */
  readonly adapter?: Adapter | undefined
}

export interface CheckedOptions {
  readonly adapter: Adapter | undefined
  /** For `.auto`. */
  readonly modes: ModeDefaults
  /** Undefined where all is undici's default. */
  readonly connection: ConnectionOptions | undefined
}

type Check = (value: unknown, option: string) => void

const count =
  (least: number, exception?: unknown): Check =>
  (value, option) => {
    if (value === exception && exception !== undefined) return
    if (typeof value !== 'number') throw new TypeError(`${option} must be a number, not ${describeType(value)}`)
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`${option} must be a whole number from ${least} up, not ${value}`)
  }

const isBoolean: Check = (value, option) => {
  if (typeof value !== 'boolean') throw new TypeError(`${option} must be true or false, not ${describeType(value)}`)
}

const isData: Check = (value, option) => {
  if (!isObject(value)) throw new TypeError(`${option} must be an object, not ${describeType(value)}`)
  checkCrosses(value, option)
}

const checks: Readonly<Record<keyof ConnectionOptions, Check>> = {
  connections: count(1, null),
  pipelining: count(0),
  allowH2: isBoolean,
  proxy: checkProxy,
  connect: isData,
  keepAliveTimeout: count(1),
  headersTimeout: count(0),
  bodyTimeout: count(0),
  maxResponseSize: count(1, -1),
  interceptors: checkInterceptors,
}

const ownNames: readonly string[] = ['adapter', 'mode', 'detector']

/**
 * @throws {TypeError} for an option that there is not, of the wrong type, or that cannot go to the loop
 * @throws {RangeError} for a number that cannot be right
 */
export function checkOptions(options: FetchOptions): CheckedOptions {
  checkOptionNames(options, [...ownNames, ...Object.keys(checks)], 'createFetch')
  const { adapter, mode, detector } = options
  if (adapter !== undefined && typeof adapter?.open !== 'function')
    throw new TypeError(`adapter must be an adapter, such as workerThreads(), not ${describeType(adapter)}`)
  const connection: Record<string, unknown> = {}
  for (const [name, check] of Object.entries(checks)) {
    const value = Reflect.get(options, name)
    if (value === undefined) continue
    check(value, name)
    connection[name] = value instanceof URL ? value.href : value
  }
  return {
    adapter,
    modes: { mode, detector },
    connection: Object.keys(connection).length === 0 ? undefined : connection,
  }
}

function checkProxy(value: unknown, option: string): void {
  if (isObject(value) && !(value instanceof URL)) {
    checkOptionNames(value, ['uri', 'token', 'headers', 'proxyTls', 'requestTls', 'proxyTunnel'], option)
    checkUrl(Reflect.get(value, 'uri'), `${option}.uri`)
    checkCrosses(value, option)
  } else checkUrl(value, option)
}

function checkUrl(value: unknown, option: string): void {
  if (typeof value !== 'string' && !(value instanceof URL))
    throw new TypeError(`${option} must be a URL, not ${describeType(value)}`)
  if (!URL.canParse(String(value))) throw new TypeError(`${option} must be a URL, not "${String(value)}"`)
}

function checkInterceptors(value: unknown, option: string): void {
  if (!isObject(value)) throw new TypeError(`${option} must be an object, not ${describeType(value)}`)
  checkOptionNames(value, ['cache', 'retry', 'dns'], option)
  for (const [name, given] of Object.entries(value)) {
    if (given === undefined || typeof given === 'boolean') continue
    isData(given, `${option}.${name}`)
  }
}

/** The same options are in force on the loop, in another thread or process: a function could not be called there. */
function checkCrosses(value: unknown, path: string): void {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(
      `${path} is a ${typeof value}, which cannot go to the loop that requests run on; give data only`,
    )
  }
  if (!isObject(value) || ArrayBuffer.isView(value) || value instanceof URL) return
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value) && !(value instanceof Date)) {
    const name: unknown = Object(Reflect.get(value, 'constructor')).name
    throw new TypeError(
      `${path} is a ${String(name)}, which cannot go to the loop that requests run on; give data only`,
    )
  }
  for (const [key, part] of Object.entries(value)) checkCrosses(part, `${path}.${key}`)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
