/**
 * What a body of 100 MB takes of memory while it is read by `for (const chunk of response.body)`: the most that this process
 * has in the middle of it above what it had before, in megabytes, when everything has been started and has run once.
 */
import { fetch } from '@ambisync/fetch'
import { report } from './figures.ts'
import { startHttpServer } from './start-http-server.ts'

const megabyte = 2 ** 20
const size = 100 * megabyte

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

read(megabyte)
const before = process.memoryUsage.rss()
report({ streamed: { extra: (read(size) - before) / megabyte } })
