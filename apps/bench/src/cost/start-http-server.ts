import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts the server that is measured against; it ends with this process. */
export async function startHttpServer(): Promise<string> {
  const child = fork(fileURLToPath(new URL('./http-server.js', import.meta.url)), { execArgv: [] })
  const [port] = await once(child, 'message')
  child.unref()
  return `http://127.0.0.1:${port}`
}
