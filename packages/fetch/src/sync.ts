import { fetch as defaultFetch } from './default-fetch.ts'
import type { SyncResponse } from './sync-response.ts'
import type { FetchInit, FetchInput } from './types.ts'

export type { SyncResponse } from './sync-response.ts'
export type { FetchInit, FetchInput } from './types.ts'

/**
 * `fetch.sync` of `@ambisync/fetch` by itself, for who comes from the package sync-fetch: blocks this thread.
 *
 * @example const { fetch } = require('@ambisync/fetch/sync'); const data = fetch(url).json()
 */
export const fetch: (input: FetchInput, init?: FetchInit) => SyncResponse = defaultFetch.sync
