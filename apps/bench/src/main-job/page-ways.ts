import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { gather, type Loop } from '@ambisync/core'
import type { Page } from '../tasks/pages.ts'
import type { Way } from './way.ts'

/** Fetching pages three ways, and how to stop the server that has them. */
export async function pageWays(loop: Loop, pages: number): Promise<{ ways: Way<Page>[]; close(): void }> {
  const server = fork(fileURLToPath(new URL('./page-server.js', import.meta.url)))
  const [port] = (await once(server, 'message')) as [number]
  const urls = Array.from({ length: pages }, (_, number) => `http://127.0.0.1:${port}/pages/${number}`)
  const { fetchPage } = loop.load<typeof import('../tasks/pages.js')>(new URL('../tasks/pages.js', import.meta.url))
  const ways: Way<Page>[] = [
    {
      name: 'fetch: sync, one after another',
      run: (onItem) =>
        urls.map((url) => {
          const page = fetchPage.sync(url)
          onItem()
          return page
        }),
    },
    {
      name: 'fetch: sync, one gather',
      run(onItem) {
        const futures = urls.map((url) => fetchPage.submit(url))
        for (const future of futures) future.addDoneCallback(onItem)
        return gather(futures).result()
      },
    },
    {
      name: 'fetch: async',
      run: (onItem) =>
        Promise.all(
          urls.map(async (url) => {
            const page = await fetchPage.async(url)
            onItem()
            return page
          }),
        ),
    },
  ]
  return { ways, close: () => server.disconnect() }
}
