/**
 * What a body of 100 MB takes of memory while it is read by `for (const chunk of response.body)`: the most that this process
 * has in the middle of it above what it had before, in megabytes. Before it there are short requests, until what they run
 * has been compiled, which takes some 20 MB for a moment, and one body of a megabyte.
 */
import { fetch } from '@ambisync/fetch'
import { report } from './figures.ts'
import { startHttpServer } from './start-http-server.ts'

const megabyte = 2 ** 20
const size = 100 * megabyte
const warmUp = 2_000

const base = await startHttpServer()

function read(bytes: number): number {
  let most = 0
  let length = 0
  for (const chunk of fetch.sync(`${base}/large/${bytes}`).body ?? []) {
    length += chunk.byteLength
    most = Math.max(most, process.memoryUsage.rss())
  }
  if (length !== bytes) throw new Error(`${length} bytes instead of ${bytes}`)
  return most
}

for (let request = 0; request < warmUp; request++) fetch.sync(`${base}/json`).json()
read(megabyte)
const before = process.memoryUsage.rss()
report({ streamed: { extra: (read(size) - before) / megabyte } })
