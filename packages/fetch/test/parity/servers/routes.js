// What the HTTP servers answer, by the second part of the path. The same routes over plain HTTP, TLS and HTTP/2.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { count } from './seen.js'

const text = Buffer.from('Grüße, 世界 🌍\n'.repeat(200))

// zstd's frame for `hello zstd, ` three times: Node has no zstd before 22.15.
const zstd = Buffer.from('28b52ffd04689500006068656c6c6f207a7374642c200100574a1281630a62', 'hex')

const encodings = {
  gzip: gzipSync(text),
  'x-gzip': gzipSync(text),
  deflate: deflateSync(text),
  'deflate-raw': deflateRawSync(text),
  br: brotliCompressSync(text),
  zstd,
  'gzip, br': brotliCompressSync(gzipSync(text)),
  identity: text,
  unknown: text,
}

/**
 * Each gets the request, its body, and the rest of its path, and `locate`, which makes a location of a route.
 */
export const routes = {
  ok: ({ response }) => response.end('ok'),

  echo: ({ request, response, body }) => {
    const type = request.headers['content-type']
    response.writeHead(200, { 'x-method': request.method, ...(type === undefined ? {} : { 'content-type': type }) })
    response.end(body)
  },

  status: ({ response, rest }) => {
    response.writeHead(Number(rest), { 'x-status': rest })
    response.end(['204', '205', '304'].includes(rest) ? undefined : `status ${rest}`)
  },

  empty: ({ response }) => {
    response.writeHead(200, { 'content-length': '0' })
    response.end()
  },

  typed: ({ response, query }) => {
    const type = query.get('type')
    response.writeHead(200, type === null ? {} : { 'content-type': type })
    response.end(Buffer.from(query.get('hex') ?? '', 'hex'))
  },

  headers: ({ response, query }) => {
    const several = {}
    for (const [name, value] of query)
      several[name] = several[name] === undefined ? value : [several[name], value].flat()
    response.writeHead(200, several)
    response.end('headers')
  },

  latin1: ({ response }) => {
    response.writeHead(200, { 'x-latin1': Buffer.from('caf\u00e9 \u00ff', 'latin1').toString('latin1') })
    response.end()
  },

  encoded: ({ response, query }) => {
    const how = query.get('as')
    const bytes = encodings[how]
    response.writeHead(200, { 'content-encoding': how.replace('-raw', ''), 'content-length': bytes.length })
    response.end(bytes)
  },

  'encoded-large': ({ response, query }) => {
    const bytes = Buffer.alloc(3 * 2 ** 20, 'not the same as before, but nearly ')
    response.writeHead(200, { 'content-encoding': query.get('as') })
    response.end(query.get('as') === 'br' ? brotliCompressSync(bytes) : gzipSync(bytes))
  },

  'encoded-in-capitals': ({ response }) => {
    response.writeHead(200, { 'content-encoding': 'GZIP' })
    response.end(encodings.gzip)
  },

  'encoded-nothing': ({ response, query }) => {
    response.writeHead(200, { 'content-encoding': query.get('as') })
    response.end()
  },

  corrupt: ({ response, query }) => {
    const how = query.get('as')
    const bytes = Buffer.from(encodings[how])
    bytes.fill(0xff, 12, Math.min(40, bytes.length))
    response.writeHead(200, { 'content-encoding': how })
    response.end(bytes)
  },

  'not-encoded': ({ response, query }) => {
    response.writeHead(200, { 'content-encoding': query.get('as') })
    response.end('this is plain text')
  },

  truncated: ({ response, query }) => {
    const how = query.get('as')
    response.writeHead(200, { 'content-encoding': how })
    response.end(encodings[how].subarray(0, -10))
  },

  redirect: ({ response, query, rest, locate }) => {
    const to = query.get('to')
    response.writeHead(Number(rest), to === null ? {} : { location: locate(to), 'x-hop': 'yes' })
    response.end('look elsewhere')
  },

  'redirect-raw': ({ response, query }) => {
    response.writeHead(302, { location: query.get('to') })
    response.end()
  },

  loop: ({ request, response }) => {
    response.writeHead(302, { location: request.url })
    response.end()
  },

  hops: ({ response, rest, locate }) => {
    const left = Number(rest)
    if (left === 0) return response.end('arrived')
    response.writeHead(302, { location: locate(`hops/${left - 1}`) })
    response.end()
  },

  'set-cookie': ({ response }) => {
    response.writeHead(200, { 'set-cookie': ['a=1; Path=/', 'b=2; HttpOnly', 'c=,;'], 'x-other': 'x' })
    response.end('cookies')
  },

  auth: ({ request, response }) => {
    if (request.headers.authorization === `Basic ${Buffer.from('user:päss').toString('base64')}`)
      return response.end('let in')
    response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' })
    response.end('who are you?')
  },

  chunked: ({ response }) => {
    for (let chunk = 0; chunk < 20; chunk++) response.write(`chunk ${chunk} ${'.'.repeat(chunk * 50)}\n`)
    response.end()
  },

  trailers: ({ response }) => {
    response.writeHead(200, { trailer: 'x-checksum' })
    response.write('body')
    response.addTrailers({ 'x-checksum': '42' })
    response.end()
  },

  slow: ({ response }) => {
    response.write('first ')
    let left = 5
    const timer = setInterval(() => {
      response.write(`piece ${left} `)
      if (--left > 0) return
      clearInterval(timer)
      response.end('last')
    }, 20)
  },

  'head-then-slow': ({ response }) => {
    response.writeHead(200, { 'x-early': 'yes' })
    response.flushHeaders?.()
    setTimeout(() => response.end('late body'), 60)
  },

  large: ({ response, query }) => {
    const bytes = Buffer.alloc(Number(query.get('bytes')))
    for (let at = 0; at < bytes.length; at++) bytes[at] = (at >> 8) ^ at
    response.writeHead(200, { 'content-length': bytes.length })
    response.end(bytes)
  },

  destroyed: ({ response }) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('only this much', () => response.stream?.close(2) ?? response.destroy())
  },

  refused: ({ response }) => response.stream.close(7),

  'who-asks': ({ request, response }) => response.end(String(request.socket.getPeerCertificate().subject?.CN)),

  // Silence: the client's own limits end it.
  'no-head': () => {},
  'no-end': ({ response }) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('only this much')
  },

  json: ({ response, query }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(query.get('text') ?? '{"a":[1,2,{"b":null}],"text":"ü"}')
  },

  cacheable: ({ request, response }) => {
    response.writeHead(200, { 'cache-control': 'max-age=600', 'x-count': count(request.url) })
    response.end(`answer ${count(request.url)}`)
  },

  'fails-once': ({ request, response }) => {
    if (count(request.url) > 1) return response.end('at last')
    response.writeHead(503, { 'retry-after': '0' })
    response.end('not yet')
  },

  'fails-always': ({ response }) => {
    response.writeHead(503)
    response.end('never')
  },
}
