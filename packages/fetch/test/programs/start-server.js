import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Starts the server; the process does not stay for it. */
export async function startServer() {
  const worker = new Worker(new URL('./server.js', import.meta.url))
  const [port] = await once(worker, 'message')
  worker.unref()
  return `http://127.0.0.1:${port}`
}
