import { createReadStream } from 'node:fs'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream'

/** What makes a page cross-origin isolated. */
export const isolating: OutgoingHttpHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

export interface Site extends AsyncDisposable {
  readonly origin: string
}

/** Serves the files of a folder on this machine, all of them with the same headers. */
export async function serve(folder: string, headers: OutgoingHttpHeaders): Promise<Site> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(String(request.url), 'http://localhost')
    const path = join(folder, pathname === '/' ? 'index.html' : pathname)
    const file = createReadStream(path)
    file.once('error', () => response.writeHead(404).end())
    file.once('open', () => {
      response.writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
      pipeline(file, response, () => {})
    })
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
