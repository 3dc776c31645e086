import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** An HTTP server in a process of its own, which ends with this one. */
export async function startPageServer(pages = 20): Promise<{ readonly urls: readonly string[]; close(): void }> {
  const server = fork(fileURLToPath(new URL('./page-server.js', import.meta.url)))
  const [port] = (await Promise.race([once(server, 'message'), failed(server)])) as [number]
  const urls = Array.from({ length: pages }, (_, number) => `http://127.0.0.1:${port}/pages/${number}`)
  return { urls, close: () => server.connected && server.disconnect() }
}

async function failed(server: ChildProcess): Promise<never> {
  const [code] = await once(server, 'exit')
  throw new Error(`the server of pages exited with code ${code}`)
}
