// Connections that cannot be made, TLS, HTTP/2, proxies, and what `createFetch` is given.
import { readFileSync } from 'node:fs'

const ca = readFileSync(new URL('../certificates/ca.pem', import.meta.url), 'utf8')
const pem = (name) => readFileSync(new URL(`../certificates/${name}.pem`, import.meta.url))
const trusting = { connect: { ca } }
const h2 = { allowH2: true, connect: { ca } }

const bytes = new Uint8Array(100_000).fill(7)
const post = { method: 'POST', body: 'text' }

const overHttp2 = [
  { name: 'GET', path: 'ok' },
  { name: 'HEAD', path: 'large?bytes=1000', init: { method: 'HEAD' } },
  { name: 'POST of text', path: 'echo', init: post, reads: ['text'] },
  { name: 'POST of bytes', path: 'echo', init: { method: 'POST', body: bytes } },
  { name: 'POST of nothing', path: 'echo', init: { method: 'POST' } },
  { name: 'POST of a Blob', path: 'echo', init: () => ({ method: 'POST', body: new Blob(['blob'], { type: 'a/b' }) }) },
  { name: 'status 204', path: 'status/204' },
  { name: 'status 304', path: 'status/304' },
  { name: 'status 404', path: 'status/404' },
  { name: 'gzip', path: 'encoded?as=gzip' },
  { name: 'br', path: 'encoded?as=br' },
  { name: 'corrupt gzip', path: 'corrupt?as=gzip' },
  { name: 'a redirect', path: 'redirect/302?to=echo', init: post },
  { name: 'set-cookie', path: 'set-cookie' },
  { name: 'trailers', path: 'trailers' },
  { name: 'a slow body', path: 'slow', reads: ['text'] },
  { name: 'a large body', path: 'large?bytes=1000000' },
  { name: 'a stream that is closed in mid-body', path: 'destroyed', reads: ['text', 'text'] },
  { name: 'a stream that is refused', path: 'refused' },
  { name: 'usable after a stream that is refused', path: 'ok' },
]

export const connections = [
  { name: 'connection refused', at: 'nobody' },
  { name: 'connection refused to a POST', at: 'nobody', init: post },
  { name: 'no such host', url: 'http://nowhere.invalid/' },
  { name: 'no such host, by TLS', url: 'https://nowhere.invalid/' },
  { name: 'a host that DNS cannot ask for', url: `http://${'a'.repeat(64)}.test/` },
  { name: 'a bad port', url: 'http://127.0.0.1:1/' },
  { name: 'a bad port of mail', url: 'http://127.0.0.1:25/' },
  { name: 'port 0', url: 'http://127.0.0.1:0/' },
  { name: 'plain HTTP to a TLS server', at: 'tls', input: ({ url }) => url.replace('https:', 'http:') },
  { name: 'TLS to a plain server', at: 'plain', input: ({ url }) => url.replace('http:', 'https:') },
  { name: 'localhost by name', input: ({ url }) => url.replace('127.0.0.1', 'localhost') },

  { name: 'TLS, trusted', at: 'tls', options: trusting },
  {
    name: 'TLS, trusted, by name',
    at: 'tls',
    options: trusting,
    input: ({ url }) => url.replace('127.0.0.1', 'localhost'),
  },
  { name: 'TLS, trusted, the authority as bytes', at: 'tls', options: { connect: { ca: pem('ca') } } },
  { name: 'TLS, trusted, authorities as a list', at: 'tls', options: { connect: { ca: [ca, pem('self-signed')] } } },
  {
    name: 'TLS, with a certificate of its own',
    at: 'mutual',
    path: 'who-asks',
    options: { connect: { ca, cert: pem('other-host'), key: pem('other-host-key') } },
    reads: ['text'],
  },
  { name: 'TLS, an authority that is none', at: 'tls', options: { connect: { ca: 'nonsense' } } },
  { name: 'TLS, POST', at: 'tls', path: 'echo', options: trusting, init: post },
  { name: 'TLS, redirect to plain HTTP', at: 'tls', path: 'redirect/302?to=@plain/echo', options: trusting },
  { name: 'TLS, by an authority nobody trusts', at: 'tls' },
  { name: 'TLS, self-signed', at: 'selfSigned' },
  { name: 'TLS, self-signed, with another authority', at: 'selfSigned', options: trusting },
  { name: 'TLS, for another host', at: 'otherHost', options: trusting },
  { name: 'TLS, self-signed, accepted', at: 'selfSigned', options: { connect: { rejectUnauthorized: false } } },
  {
    name: 'TLS, for another host, named',
    at: 'otherHost',
    options: { connect: { ca, servername: 'elsewhere.test' } },
  },
  { name: 'TLS, a version that is too old', at: 'h2', options: { connect: { ca, maxVersion: 'TLSv1.2' } } },

  ...overHttp2.map((each) => ({ ...each, name: `HTTP/2: ${each.name}`, at: 'h2', options: h2 })),
  { name: 'HTTP/2 allowed, but not spoken', at: 'tls', options: h2 },
  { name: 'HTTP/2 only, but not allowed', at: 'h2', options: trusting },

  { name: 'proxy', path: 'echo', options: ({ origins }) => ({ proxy: origins.proxy }), init: post },
  {
    name: 'proxy to TLS, with a token and headers',
    at: 'tls',
    options: ({ origins }) => ({
      ...trusting,
      proxy: { uri: origins.proxy, token: 'Basic abc', headers: { 'x-proxy': 'yes' } },
    }),
  },
  {
    name: 'proxy without a tunnel',
    options: ({ origins }) => ({ proxy: { uri: origins.proxy, proxyTunnel: false } }),
    reads: ['text'],
  },
  { name: 'proxy that refuses', options: ({ origins }) => ({ proxy: origins.closedProxy }) },
  { name: 'proxy where nobody listens', options: ({ origins }) => ({ proxy: origins.nobody }) },
  { name: 'proxy to where nobody listens', at: 'nobody', options: ({ origins }) => ({ proxy: origins.proxy }) },

  { name: 'headersTimeout', path: 'no-head', options: { headersTimeout: 50 } },
  { name: 'headersTimeout of a POST', path: 'no-head', options: { headersTimeout: 50 }, init: post },
  { name: 'headersTimeout that suffices', options: { headersTimeout: 5_000 } },
  { name: 'no headersTimeout', options: { headersTimeout: 0, bodyTimeout: 0 } },
  { name: 'headersTimeout in HTTP/2', at: 'h2', path: 'no-head', options: { ...h2, headersTimeout: 50 } },
  { name: 'maxResponseSize in HTTP/2', at: 'h2', path: 'large?bytes=2000', options: { ...h2, maxResponseSize: 1_000 } },
  { name: 'bodyTimeout', path: 'no-end', options: { bodyTimeout: 50 }, reads: ['text', 'text'] },
  { name: 'bodyTimeout, iterated', path: 'no-end', options: { bodyTimeout: 50 }, reads: ['body'] },
  { name: 'bodyTimeout that suffices', path: 'slow', options: { bodyTimeout: 5_000 } },
  { name: 'maxResponseSize exceeded by content-length', path: 'large?bytes=2000', options: { maxResponseSize: 1_000 } },
  { name: 'maxResponseSize exceeded in chunks', path: 'chunked', options: { maxResponseSize: 1_000 } },
  { name: 'maxResponseSize, iterated', path: 'chunked', options: { maxResponseSize: 1_000 }, reads: ['body'] },
  { name: 'maxResponseSize just reached', path: 'large?bytes=1000', options: { maxResponseSize: 1_000 } },
  {
    name: 'maxResponseSize of a HEAD',
    path: 'large?bytes=2000',
    options: { maxResponseSize: 1_000 },
    init: { method: 'HEAD' },
  },
  { name: 'maxResponseSize before decoding', path: 'encoded?as=gzip', options: { maxResponseSize: 1_000 } },
  { name: 'usable after maxResponseSize', path: 'ok', options: { maxResponseSize: 1_000 } },

  { name: 'one connection', path: 'echo', options: { connections: 1 }, times: 3 },
  { name: 'pipelining', path: 'echo', options: { connections: 1, pipelining: 4 }, times: 2 },
  { name: 'no keep-alive', path: 'ok', options: { pipelining: 0 }, times: 2 },
  { name: 'keepAliveTimeout', path: 'ok', options: { keepAliveTimeout: 1_000 }, times: 2 },
  { name: 'cache', path: 'cacheable', options: { interceptors: { cache: true } }, times: 3, reads: ['text'] },
  { name: 'cache of what is not cacheable', path: 'echo', options: { interceptors: { cache: true } }, times: 2 },
  {
    name: 'cache turned off',
    path: 'cacheable',
    options: { interceptors: { cache: false } },
    times: 2,
    reads: ['text'],
  },
  { name: 'dns of no such host', url: 'http://nowhere.invalid/', options: { interceptors: { dns: true } } },
  { name: 'connections null', options: { connections: null } },
  { name: 'no cache', path: 'cacheable', times: 2, reads: ['text'] },
  {
    name: 'retry',
    path: 'fails-once',
    options: { interceptors: { retry: { minTimeout: 1, maxRetries: 2 } } },
    reads: ['text'],
  },
  {
    name: 'retry in vain',
    path: 'fails-always',
    options: { interceptors: { retry: { minTimeout: 1, maxRetries: 2, timeoutFactor: 1 } } },
    reads: ['text'],
  },
  {
    name: 'retry of a POST',
    path: 'fails-always',
    options: { interceptors: { retry: { minTimeout: 1, maxRetries: 2, timeoutFactor: 1 } } },
    init: post,
    reads: ['text'],
  },
  {
    name: 'dns',
    input: ({ url }) => url.replace('127.0.0.1', 'localhost'),
    options: { interceptors: { dns: true } },
    times: 2,
  },
]
