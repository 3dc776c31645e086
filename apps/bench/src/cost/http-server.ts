/** The server of the measurements over HTTP, in a process of its own: sends its port to its parent, and ends with it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const json = JSON.stringify({ name: 'a small body', tags: ['of', 'a', 'few', 'words'], nested: { count: 3 } })
const chunk = Buffer.alloc(64 * 1_024, 'x')

const server = createServer((request, response) => {
  const [, route, argument] = (request.url ?? '').split('/')
  if (route === 'json') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': json.length }).end(json)
  } else if (route === 'slow') {
    setTimeout(() => response.end(json), Number(argument))
  } else if (route === 'large') {
    const size = Number(argument)
    response.writeHead(200, { 'content-length': size })
    let sent = 0
    const send = (): void => {
      while (sent < size) {
        const next = chunk.subarray(0, Math.min(chunk.length, size - sent))
        sent += next.length
        if (!response.write(next)) {
          response.once('drain', send)
          return
        }
      }
      response.end()
    }
    send()
  } else {
    response.writeHead(404).end()
  }
})

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
