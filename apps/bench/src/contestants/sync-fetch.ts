import { createRequire } from 'node:module'
import type { Contestant } from './contestant.ts'

type SyncFetch = (url: string) => { readonly status: number; text(): string }

export const contestant: Contestant = {
  name: 'sync-fetch',
  kind: 'peer',
  packageName: 'sync-fetch',
  async load() {
    const fetch = createRequire(import.meta.url)('sync-fetch') as SyncFetch
    return () => ({
      fetchText(url) {
        const response = fetch(url)
        if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
        return response.text()
      },
    })
  },
}
