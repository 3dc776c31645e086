import {
  type DualCall,
  dual,
  type Future,
  type GatherOptions,
  gather,
  type ModeDefaults,
  type ModeIn,
  type ModeOption,
  type StopOptions,
} from '@ambisync/core'
import { checkOptionNames, checkSignal, checkTimeout } from '@ambisync/core/options'
import type { Response } from 'undici'
import { fetchHere } from './async-fetch.ts'
import { isOurs, placeAtCallerOf } from './caller-stack.ts'
import { Connection } from './connection.ts'
import { fetchBlocking, fetchOnLoop } from './loop-fetch.ts'
import { checkOptions, type FetchOptions } from './options.ts'
import type { SyncResponse } from './sync-response.ts'
import type { FetchCallOptions, FetchInit, FetchInput } from './types.ts'

/** One of the requests of `fetch.all`. */
export type FetchRequest = FetchInput | readonly [input: FetchInput, init?: FetchInit]

/** Options of `fetch.all`. */
export interface FetchAllOptions extends GatherOptions {
  /** How many requests are under way at the same time; all of them, if left out. */
  readonly limit?: number | undefined
}

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
  return formsOf(new Connection(checked, false), checked.modes, {})
}

/** That of the package itself, which is there for all: after a stop it starts again. */
export function createDefaultFetch(): Fetch {
  const checked = checkOptions({})
  return formsOf(new Connection(checked, true), checked.modes, {})
}

function formsOf(connection: Connection, modes: ModeDefaults, options: FetchCallOptions): Fetch {
  const submitting = dual(function* fetch(input: FetchInput, init?: FetchInit) {
    return yield* fetchOnLoop(connection, options, input, init)
  })
  const { submit } = submitting
  const call = (input: FetchInput, init?: FetchInit): DualCall<SyncResponse> => submitting(input, init)
  const here = (input: FetchInput, init?: FetchInit): Promise<Response> => fetchHere(connection, options, input, init)
  const pair = dual(
    {
      sync(input: FetchInput, init?: FetchInit): SyncResponse {
        try {
          return fetchBlocking(connection, options, input, init)
        } catch (error) {
          if (isOurs(error)) placeAtCallerOf([pair.sync, auto], error)
          throw error
        }
      },
      async: here,
    },
    { ...modes, name: 'fetch' },
  )
  const { mode } = options
  // The very function: a detector looks for its caller on the stack.
  const auto = (mode === undefined ? pair : pair.with({ mode })).auto as typeof pair.auto
  Object.defineProperty(call, 'name', { value: 'fetch' })
  return Object.assign(call, {
    sync: pair.sync,
    // Not the pair's: it gives undici's own promise.
    async: here,
    auto,
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
  checkOptionNames(options, ['timeout', 'signal', 'mode'], 'fetch.with')
  checkSignal(options.signal)
  checkTimeout(options.timeout, 'timeout')
  return options
}
