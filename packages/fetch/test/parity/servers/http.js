// HTTP/1.1, TLS and HTTP/2 servers, and a proxy, all of which answer by the same routes.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { routes } from './routes.js'
import { see } from './seen.js'

function read(name) {
  return readFileSync(new URL(`../certificates/${name}.pem`, import.meta.url))
}

function identity(name) {
  return { cert: read(name), key: read(`${name}-key`) }
}

/** Answers by the routes; `origins` are filled in when all servers listen, for redirects from one to another. */
function answer(server, origins) {
  return (request, response) => {
    const seen = see(server, request)
    const url = new URL(request.url, 'http://any')
    const [, number, route, ...rest] = url.pathname.split('/')
    request.on('data', seen.addBytes)
    request.on('error', () => {})
    response.on('error', () => {})
    request.on('end', () => {
      // `@other/echo` is a route of another server, `echo` one of this, as a relative URL.
      const locate = (to) =>
        to.replace(/^@(\w+)\//, (_, name) => `${origins[name]}/${number}/`).replace(/^(?!\w+:|#)/, `/${number}/`)
      const respond = routes[route]
      if (respond !== undefined) {
        return respond({ request, response, query: url.searchParams, rest: rest.join('/'), locate, body: seen.bytes() })
      }
      response.writeHead(404)
      response.end(`no route ${route}`)
    })
  }
}

/** A proxy that tunnels: what it saw is the CONNECT. With `refuse` it answers 407 instead. */
function proxy(server, refuse) {
  return createServer((request, response) => {
    see(server, request)
    response.writeHead(400)
    response.end()
  }).on('connect', (request, socket, head) => {
    see(server, request)
    socket.on('error', () => {})
    if (refuse) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
    const [host, port] = request.url.split(':')
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      target.write(head)
      target.pipe(socket).pipe(target)
    })
    target.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'))
  })
}

/** Name, scheme and server of each. */
export function httpServers(origins) {
  return [
    ['plain', 'http', createServer(answer('plain', origins))],
    ['other', 'http', createServer(answer('other', origins))],
    ['tls', 'https', createTlsServer(identity('server'), answer('tls', origins))],
    [
      'mutual',
      'https',
      createTlsServer({ ...identity('server'), ca: read('ca'), requestCert: true }, answer('mutual', origins)),
    ],
    ['selfSigned', 'https', createTlsServer(identity('self-signed'), answer('selfSigned', origins))],
    ['otherHost', 'https', createTlsServer(identity('other-host'), answer('otherHost', origins))],
    ['h2', 'https', createSecureServer({ ...identity('server'), minVersion: 'TLSv1.3' }, answer('h2', origins))],
    ['proxy', 'http', proxy('proxy', false)],
    ['closedProxy', 'http', proxy('closedProxy', true)],
  ]
}
