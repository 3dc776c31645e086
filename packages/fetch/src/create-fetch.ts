import {
  type DualCall,
  dual,
  type Future,
  type GatherOptions,
  gather,
  type ModeDefaults,
  type ModeOption,
  type StopOptions,
} from '@ambisync/core'
import type { Response } from 'undici'
import { fetchHere } from './async-fetch.ts'
import { Connection } from './connection.ts'
import { fetchBlocking, fetchOnLoop } from './loop-fetch.ts'
import { checkOptions, type FetchOptions } from './options.ts'
import type { SyncResponse } from './sync-response.ts'
import { checkTimeout } from './timeout.ts'
import type { FetchCallOptions, FetchInit, FetchInput } from './types.ts'

/** One of the requests of `fetch.all`. */
export type FetchRequest = FetchInput | readonly [input: FetchInput, init?: FetchInit]

/** Options of `fetch.all`. */
export interface FetchAllOptions extends GatherOptions {
  /** How many requests are under way at the same time; all of them, if left out. */
  readonly limit?: number | undefined
}

/** The mode that options choose: known where it is given literally, and the one before where it is not given. */
type ModeIn<O extends FetchCallOptions, M extends ModeOption> = O extends { readonly mode: infer N extends ModeOption }
  ? N
  : 'mode' extends keyof O
    ? 'auto'
    : M

interface AutoForms {
  sync: SyncResponse
  async: Promise<Response>
  auto: SyncResponse | Promise<Response>
}

/** HTTP in the forms for every kind of caller. `M` is the mode that was chosen for `.auto`. */
export interface Fetch<M extends ModeOption = 'auto'> {
  /** Has not begun; for `yield*` in a `dual(function* …)`. */
  (input: FetchInput, init?: FetchInit): DualCall<SyncResponse>
  /**
   * Blocks until the head of the response is there, as the standard's `fetch` resolves then.
   *
   * Nothing of this thread's event loop runs meanwhile. Requests run on a background loop, which is started with the
   * first one and does not keep the process alive.
   * @throws {TypeError} for what the standard refuses, before anything is sent; and `fetch failed`, with a `cause`, when
   *   there is no response
   * @throws {TimeoutError} `ERR_AMBISYNC_TIMEOUT` when `init.timeout` is over
   * @throws {AsyncInSyncError} `ERR_AMBISYNC_ASYNC_IN_SYNC` for a body whose chunks only this thread's event loop could give
   * @throws {NotSupportedError} `ERR_AMBISYNC_NOT_SUPPORTED` for `init.dispatcher`
   * @throws the reason of `init.signal`, if that is aborted
   */
  sync(input: FetchInput, init?: FetchInit): SyncResponse
  /** undici's own `fetch`, on this thread's event loop; no loop is started. What `.sync` throws rejects the promise. */
  async(input: FetchInput, init?: FetchInit): Promise<Response>
  /** Starts the request on the loop. Whatever goes wrong rejects the future; cancelling it ends the request. */
  submit(input: FetchInput, init?: FetchInit): Future<SyncResponse>
  /**
   * Does as `.sync` or as `.async`. The first that says something decides: the option `mode` of `fetch.with`, `runWithMode`
   * of `@ambisync/core`, the detector and the mode given to `createFetch`.
   *
   * @throws {NotSupportedError} where nothing decides
   */
  auto(input: FetchInput, init?: FetchInit): AutoForms[M]
  /** All of the responses, in order, from requests that run at the same time; see `gather` of `@ambisync/core`. */
  all(
    requests: readonly FetchRequest[],
    options: FetchAllOptions & { readonly returnExceptions: true },
  ): Future<PromiseSettledResult<SyncResponse>[]>
  all(requests: readonly FetchRequest[], options?: FetchAllOptions): Future<SyncResponse[]>
  /**
   * The same with a time limit or a signal, on top of what `init` says: what comes first holds; or with a mode for `.auto`.
   * It shares the loop.
   *
   * @throws {TypeError | RangeError} for an option that there is not, or cannot be right
   */
  with<O extends FetchCallOptions>(options: O): Fetch<ModeIn<O, M>>
  /** Takes no more requests, waits for those under way, and ends loop and connections. */
  stop(options?: StopOptions): Promise<void>
  /** The same, blocking this thread. */
  stopSync(options?: StopOptions): void
  [Symbol.asyncDispose](): Promise<void>
  /** Cancels what is under way. */
  [Symbol.dispose](): void
}

/**
 * Makes a `fetch` with connections of its own, and options for them.
 *
 * Nothing is started yet: the loop starts with the first request that blocks or is submitted.
 * @throws {TypeError} for an option that there is not, is of the wrong type, or cannot go to the loop
 * @throws {RangeError} for a number that cannot be right
 * @example const fetch = createFetch({ connections: 10, connect: { ca }, interceptors: { retry: true } })
 */
export function createFetch(options: FetchOptions = {}): Fetch {
  const checked = checkOptions(options)
  return formsOf(new Connection(checked), checked.modes, {})
}

function formsOf(connection: Connection, modes: ModeDefaults, options: FetchCallOptions): Fetch {
  const submitting = dual(function* fetch(input: FetchInput, init?: FetchInit) {
    return yield* fetchOnLoop(connection, options, input, init)
  })
  const { submit } = submitting
  const call = (input: FetchInput, init?: FetchInit): DualCall<SyncResponse> => submitting(input, init)
  const pair = dual(
    {
      sync: (input: FetchInput, init?: FetchInit) => fetchBlocking(connection, options, input, init),
      async: (input: FetchInput, init?: FetchInit) => fetchHere(connection, options, input, init),
    },
    modes,
  )
  const { mode } = options
  return Object.assign(call, {
    sync: pair.sync,
    async: (input: FetchInput, init?: FetchInit) => fetchHere(connection, options, input, init),
    // The very function: a detector looks for its caller on the stack.
    auto: (mode === undefined ? pair : pair.with({ mode })).auto,
    submit,
    all: ((requests: readonly FetchRequest[], all: FetchAllOptions = {}) =>
      fetchAll(call, requests, all)) as Fetch['all'],
    with: (more: FetchCallOptions) => formsOf(connection, modes, { ...options, ...checkCallOptions(more) }) as never,
    stop: (stop?: StopOptions) => connection.stop(stop),
    stopSync: (stop?: StopOptions) => connection.stopSync(stop),
    [Symbol.asyncDispose]: () => connection.stop(),
    [Symbol.dispose]: () => connection.dispose(),
  })
}

/** As calls that have not begun, which take the caller's frames once for all of them. */
function fetchAll(
  call: (input: FetchInput, init?: FetchInit) => DualCall<SyncResponse>,
  requests: readonly FetchRequest[],
  options: FetchAllOptions,
): Future<unknown[]> {
  if (!Array.isArray(requests)) throw new TypeError('fetch.all takes an array')
  const calls = requests.map((request: FetchRequest) => {
    const [input, init] = Array.isArray(request) ? (request as [FetchInput, FetchInit?]) : [request as FetchInput]
    return call(input, init)
  })
  const { limit, ...rest } = options
  const whole = limit === undefined ? gather(calls, rest) : gather(calls, { ...rest, limit })
  return dual(function* fetchAll(): Generator<PromiseLike<unknown>, unknown[], unknown> {
    return yield* whole
  }).submit()
}

function checkCallOptions(options: FetchCallOptions): FetchCallOptions {
  const names = ['timeout', 'signal', 'mode']
  if (typeof options !== 'object' || options === null)
    throw new TypeError('the options of fetch.with must be an object')
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new TypeError(`"${unknown}" is not an option of fetch.with; the options are: ${names.join(', ')}`)
  const { signal } = options
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw new TypeError('signal must be an AbortSignal')
  if ('timeout' in options) checkTimeout(options.timeout, 'timeout')
  return options
}
