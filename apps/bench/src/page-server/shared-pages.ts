import { startPageServer } from './start-page-server.ts'

/** A page of the server, and what it answers where it is fetched as it is meant to be. */
export interface Page {
  readonly url: string
  readonly text: string
}

/** Where a run has told its processes of them. */
const variable = 'AMBISYNC_BENCH_PAGES'

/** One server for all processes that this one starts, until `end`; it runs freely, wherever they do. */
export async function sharePages(): Promise<{ end(): void }> {
  const server = await startPageServer()
  process.env[variable] = JSON.stringify(await fetchPages(server.urls))
  return {
    end() {
      delete process.env[variable]
      server.close()
    },
  }
}

/** Those of the run that this process belongs to. */
export function findPages(): readonly Page[] {
  return JSON.parse(process.env[variable] ?? '') as Page[]
}

function fetchPages(urls: readonly string[]): Promise<readonly Page[]> {
  return Promise.all(urls.map(async (url) => ({ url, text: await (await fetch(url)).text() })))
}
