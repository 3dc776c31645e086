/**
 * The HTTP server of the main job, in a process of its own: sends its port to its parent, and ends with it.
 * With `UNSTABLE_PAGES=1` no two answers are alike, to see that the job notices.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

let answered = 0

const server = createServer((request, response) => {
  const number = Number(/^\/pages\/(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN)
  if (Number.isNaN(number)) {
    response.writeHead(404).end()
    return
  }
  answered++
  const title = process.env.UNSTABLE_PAGES === '1' ? `Answer ${answered}` : `Page ${number}`
  const words = Array.from({ length: 50 }, (_, index) => `word-${number}-${index}`)
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ number, title, words }))
})

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
