/** The server of the programs, in a thread of its own: who blocks could not serve itself. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { parentPort } from 'node:worker_threads'

/** Requests that are held open, by their path, and who asks whether they have been closed. */
const closed = new Set()
const asking = new Map()

const routes = {
  json: (_, response) => response.setHeader('content-type', 'application/json').end('{"hello":"world"}'),
  bom: (_, response) => response.end(Buffer.from([0xef, 0xbb, 0xbf, 0x68, 0x69, 0xff])),
  invalid: (_, response) => response.end('{"hello"'),
  head: (_, response) => response.setHeader('x-seen', 'yes').end(),
  typed: (_, response) => response.setHeader('content-type', ['text/html;charset=gbk', 'text/html']).end('<p>'),
  form: (_, response) => response.setHeader('content-type', 'multipart/form-data; boundary=cut').end(form),
  urlencoded: (_, response) => response.setHeader('content-type', 'application/x-www-form-urlencoded').end('a=1&a=2+3'),
  cookies: (_, response) => response.setHeader('set-cookie', ['a=1', 'b=2']).end(),
  redirect: (_, response) => response.writeHead(302, { location: '/json' }).end(),
  status: ({ rest }, response) => response.writeHead(Number(rest[0])).end(),
  bytes: ({ rest }, response) => response.end(Buffer.alloc(Number(rest[0]), 'x')),
  async echo({ request }, response) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, headers, rawHeaders } = request
    response.end(JSON.stringify({ method, headers, rawHeaders, body: Buffer.concat(chunks).toString('latin1') }))
  },
  never({ name }, response) {
    hold(name, response)
  },
  /** Begins a body, and does not go on. */
  stalled({ name }, response) {
    hold(name, response)
    response.write('first ')
  },
  /** Says that there is more than it sends. */
  cut(_, response) {
    response.writeHead(200, { 'content-length': 100 })
    response.write('some', () => response.socket.destroy())
  },
  /** Answers when the request of that name has been closed. */
  async closed({ rest }, response) {
    const name = rest.join('/')
    if (!closed.has(name)) await new Promise((resolve) => asking.set(name, resolve))
    response.end('closed')
  },
}

const form = [
  '--cut\r\ncontent-disposition: form-data; name="text"\r\n\r\nvalue\r\n',
  '--cut\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nin it\r\n',
  '--cut--\r\n',
].join('')

function hold(name, response) {
  response.on('close', () => {
    closed.add(name)
    asking.get(name)?.()
  })
}

const server = createServer((request, response) => {
  const name = request.url.slice(1)
  const [route, ...rest] = name.split('/')
  routes[route]({ request, name, rest }, response)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
parentPort.postMessage(server.address().port)
