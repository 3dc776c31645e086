import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** An HTTP server in a process of its own, which ends with this one. */
export async function startPageServer(pages = 20): Promise<{ readonly urls: readonly string[]; close(): void }> {
  const server = fork(fileURLToPath(new URL('./page-server.js', import.meta.url)))
  const [port] = (await once(server, 'message')) as [number]
  const urls = Array.from({ length: pages }, (_, number) => `http://127.0.0.1:${port}/pages/${number}`)
  return { urls, close: () => server.disconnect() }
}
