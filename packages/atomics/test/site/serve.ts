import { readFile } from 'node:fs/promises'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

/** What makes a page cross-origin isolated. */
export const isolating: OutgoingHttpHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** Of all that is bundled here. */
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

export interface Site extends AsyncDisposable {
  readonly origin: string
}

/** Serves the files of a folder on this machine, all of them with the same headers. */
export async function serve(folder: string, headers: OutgoingHttpHeaders): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(String(request.url), 'http://localhost')
    const path = join(folder, pathname === '/' ? 'index.html' : pathname)
    const content = await readFile(path).catch(() => undefined)
    if (content === undefined) response.writeHead(404).end()
    else response.writeHead(200, { ...headers, 'Content-Type': types[extname(path)] }).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
