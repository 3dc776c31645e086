/** A server in a thread of its own, so that it goes on to answer while the main thread is blocked. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

export async function startServer() {
  const worker = new Worker(new URL(import.meta.url))
  const [port] = await once(worker, 'message')
  return { url: `http://127.0.0.1:${port}`, close: () => worker.terminate() }
}

if (!isMainThread) {
  const server = createServer((request, response) => {
    response.end(`<!doctype html><title>The page of ${request.url.slice(1)}</title>`)
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
}
