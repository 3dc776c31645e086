/** As a user of sync-fetch writes it. */
const { fetch } = require('@ambisync/fetch/sync')
const { once } = require('node:events')
const { join } = require('node:path')
const { Worker } = require('node:worker_threads')

const worker = new Worker(join(__dirname, 'server.js'))
once(worker, 'message').then(([port]) => {
  worker.unref()
  const base = `http://127.0.0.1:${port}`
  const isLoaded = (file) => Object.keys(require.cache).some((name) => name.endsWith(file))
  const before = isLoaded('undici/index.js')
  const post = { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json' } }
  const seen = {
    json: fetch(`${base}/json`).json(),
    text: fetch(`${base}/json`, {}).text(),
    arrayBuffer: fetch(`${base}/json`).arrayBuffer().byteLength,
    buffer: Buffer.isBuffer(fetch(`${base}/json`).buffer()),
    post: fetch(`${base}/echo`, post).json().body,
    loadsUndici: [before, isLoaded('undici/index.js')],
    blob: fetch(`${base}/json`).blob().type,
  }
  console.log(JSON.stringify(seen))
})
