import { createRequire } from 'node:module'
import type { Contestant } from './contestant.ts'

type SyncRequest = (method: string, url: string) => { getBody(encoding: string): string }

/** `getBody` throws for an answer that is no success. */
export const contestant: Contestant = {
  name: 'sync-request',
  kind: 'peer',
  packageName: 'sync-request',
  async load() {
    // It starts its process when it is imported.
    const request = createRequire(import.meta.url)('sync-request') as SyncRequest
    return () => ({ fetchText: (url) => request('GET', url).getBody('utf8') })
  },
}
