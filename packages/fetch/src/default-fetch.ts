import { createDefaultFetch, type Fetch } from './create-fetch.ts'

/** HTTP with undici's defaults, on a worker thread that is started when it is first needed, and again after a stop. */
export const fetch: Fetch = createDefaultFetch()
