import { createFetch, type Fetch } from './create-fetch.ts'

/** HTTP with undici's defaults, on a worker thread that is started when it is first needed. */
export const fetch: Fetch = createFetch()
