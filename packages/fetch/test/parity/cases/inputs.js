// What is fetched, and the rest of `init`.

import { createHash } from 'node:crypto'
import { Request as UndiciRequest } from 'undici'

const aborted = (reason) => AbortSignal.abort(reason)
const post = { method: 'POST', body: 'text' }
const digest = (algorithm, text) => `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`

const urls = {
  'data: text': 'data:,hello%20w%C3%B6rld',
  'data: base64': 'data:text/x-test;base64,aGVsbG8=',
  'data: with a type': 'data:application/json;charset=utf-8,{"a":1}',
  'data: with a fragment': 'data:text/plain,hello#fragment',
  'data: empty': 'data:,',
  'data: bad base64': 'data:;base64,a',
  'data: no comma': 'data:nothing',
  'blob: unknown': 'blob:nodedata:00000000-0000-0000-0000-000000000000',
  'about:blank': 'about:blank',
  'about:client': 'about:client',
  'file:': 'file:///etc/hostname',
  'ftp:': 'ftp://127.0.0.1/',
  'ws:': 'ws://127.0.0.1/',
  'javascript:': 'javascript:1',
  'an unknown scheme': 'nonsense:x',
  'a relative URL': 'relative/path',
  'an absolute path': '/path',
  'an empty URL': '',
  'no host': 'http://',
  'a bad host': 'http://[::1',
  'a bad port': 'http://127.0.0.1:99999/',
  'a space in a host': 'http://a b/',
  'credentials in the URL': 'http://user:pass@127.0.0.1/',
  'a user in the URL': 'http://user@127.0.0.1/',
}

const inputs = {
  'a URL object': ({ url }) => new URL(url),
  'an object with toString': ({ url }) => ({ toString: () => url }),
  "undici's Request": ({ url }) => new UndiciRequest(url, { headers: { 'x-own': 'yes' } }),
  'a URL with spaces around': ({ url }) => `  ${url}\n`,
  'a URL in capitals': ({ url }) => url.replace('http:', 'HTTP:'),
  'a URL with a tab within': ({ url }) => url.replace('echo', 'ec\tho'),
  'a URL with dots': ({ url }) => url.replace('echo', 'x/../echo'),
  'a non-ASCII URL': ({ url }) => `${url}/ü/世界?q=ü&r=%zz#frägment`,
  'a URL with odd characters': ({ url }) => `${url}/a|b^c\`d{e}"f<g>?h='i'&j=[k]`,
  'a URL with an empty query': ({ url }) => `${url}?#`,
  'a URL with a backslash': ({ url }) => url.replace('/echo', '\\echo'),
}

const odd = { undefined, null: null, 'a number': 5, 'an array': ['x'], 'an object': {} }

const inits = {
  null: null,
  'a number': 5,
  'a text': 'text',
  'an array': [],
  'with unknown members': { unknown: 1, agent: {}, compress: false },
  'with mode no-cors': { mode: 'no-cors' },
  'with mode cors': { mode: 'cors' },
  'with mode same-origin': { mode: 'same-origin' },
  'with mode navigate': { mode: 'navigate' },
  'with mode websocket': { mode: 'websocket' },
  'with an unknown mode': { mode: 'unknown' },
  ...Object.fromEntries(
    ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached', 'unknown'].map((cache) => [
      `with cache ${cache}`,
      { cache },
    ]),
  ),
  'with cache only-if-cached and same-origin': { cache: 'only-if-cached', mode: 'same-origin' },
  ...Object.fromEntries(
    ['omit', 'same-origin', 'include', 'unknown'].map((credentials) => [
      `with credentials ${credentials}`,
      { credentials, headers: { cookie: 'a=1' } },
    ]),
  ),
  'with keepalive': { keepalive: true },
  'with an empty referrer': { referrer: '' },
  'with referrer about:client': { referrer: 'about:client' },
  'with a referrer': { referrer: 'http://127.0.0.1/from' },
  'with an invalid referrer': { referrer: 'http://[' },
  'with a referrerPolicy': { referrer: 'http://127.0.0.1/from', referrerPolicy: 'unsafe-url' },
  'with an unknown referrerPolicy': { referrerPolicy: 'unknown' },
  'with priority': { priority: 'high' },
  'with window null': { window: null },
  'with another window': { window: {} },
  'with duplex half': { duplex: 'half' },
  'with duplex full': { duplex: 'full' },
  'with integrity that is right': { integrity: digest('sha256', 'ok') },
  'with integrity sha384': { integrity: digest('sha384', 'ok') },
  'with integrity sha512 beside a wrong sha256': { integrity: `${digest('sha256', 'no')} ${digest('sha512', 'ok')}` },
  'with integrity that is wrong': { integrity: digest('sha256', 'other') },
  'with integrity that is nonsense': { integrity: 'nonsense' },
  'with empty integrity': { integrity: '' },
  'with a signal that is none': { signal: {} },
  'with signal null': { signal: null },
  'with a signal that is not aborted': () => ({ signal: new AbortController().signal }),
  'aborted before': () => ({ signal: aborted() }),
  'aborted before, with an error': () => ({ signal: aborted(new RangeError('reason')) }),
  'aborted before, with a text': () => ({ signal: aborted('reason') }),
  'aborted before, with undefined': () => ({ signal: aborted(undefined) }),
  'aborted before, with null': () => ({ signal: aborted(null) }),
  'aborted before a POST': () => ({ ...post, signal: aborted() }),
  'aborted before, and invalid': () => ({ method: 'TRACE', signal: aborted() }),
  'whose getter throws': {
    get method() {
      throw new RangeError('from the getter')
    },
  },
}

/**
 * A Request of either class; undici knows only its own, so that it is compared by that. The order of the headers in Node's
 * cannot be seen but sorted. The body of Node's is a stream, whatever it was made of.
 */
function requests(name, own, init) {
  const asInit = ({ url }) => {
    const { headers, body } = new Request(url, own())
    return {
      ...own(),
      headers: [...headers],
      ...(body === null ? {} : { body, duplex: 'half' }),
      ...Object.fromEntries(Object.entries(init ?? {}).filter(([, value]) => value != null)),
      ...(body === null ? {} : { keepalive: false }),
    }
  }
  const isAsynchronous = own().body !== undefined && !init?.body
  return [
    { name: `undici's Request ${name}`, path: 'echo', input: ({ url }) => new UndiciRequest(url, own()), init },
    {
      name: `Node's Request ${name}`,
      path: 'echo',
      input: ({ url }) => new Request(url, own()),
      reference: { input: ({ url }) => url, init: asInit },
      init,
      ...(isAsynchronous ? { except: { sync: 'ambisync AsyncInSyncError ERR_AMBISYNC_ASYNC_IN_SYNC' } } : {}),
    },
  ]
}

const headersInstead = ([name, body]) => ({
  name: `undici's Request with ${name}, overridden by headers`,
  path: 'echo',
  input: ({ url }) => new UndiciRequest(url, { method: 'POST', body }),
  init: { headers: { 'x-new': 'yes' } },
})

const used =
  (Class) =>
  ({ url }) => {
    const request = new Class(url, post)
    request.text()
    return request
  }

export const inputCases = [
  ...Object.entries(urls).map(([name, url]) => ({ name: `url: ${name}`, url, reads: ['blob'] })),
  { name: 'url: data: read as JSON', url: 'data:,{"a":1}', reads: ['json', 'text'] },
  { name: 'url: data: with POST', url: 'data:,hi', init: post, reads: ['text'] },
  { name: 'url: data: with HEAD', url: 'data:,hi', init: { method: 'HEAD' }, reads: ['text'] },
  {
    name: 'url: blob:',
    input: () => URL.createObjectURL(new Blob(['content'], { type: 'text/x-blob' })),
    reads: ['blob'],
  },
  {
    name: 'url: blob: with a range',
    input: () => URL.createObjectURL(new Blob(['0123456789'], { type: 'text/x-blob' })),
    init: { headers: { range: 'bytes=2-4' } },
    reads: ['text'],
  },
  {
    name: 'url: blob: with POST',
    input: () => URL.createObjectURL(new Blob(['content'])),
    init: post,
  },
  ...Object.entries(inputs).map(([name, input]) => ({ name: `input: ${name}`, path: 'echo', input })),
  ...Object.entries(odd).map(([name, value]) => ({ name: `input: ${name}`, input: () => value })),
  { name: 'input: a symbol', input: () => Symbol('input') },
  ...Object.entries(inits).map(([name, init]) => ({ name: `init ${name}`, path: 'ok', init })),

  ...requests('with headers', () => ({ headers: { 'x-own': 'yes', cookie: 'a=1' } })),
  ...requests('with a method', () => ({ method: 'DELETE' })),
  ...requests('with a redirect mode', () => ({ redirect: 'error' })),
  ...requests('with a signal aborted before', () => ({ signal: aborted(new RangeError('reason')) })),
  ...requests('overridden by a method and headers', () => ({ headers: { 'x-own': 'yes' } }), {
    method: 'PUT',
    headers: { 'x-new': 'yes' },
  }),
  ...requests('overridden by a body', () => ({ method: 'POST', body: 'old' }), { body: 'new' }),
  ...requests('with a body', () => post),
  ...requests('with a body of bytes', () => ({ method: 'POST', body: new Uint8Array([1, 2, 3]) })),
  ...requests('with a form', () => ({ method: 'POST', body: new URLSearchParams({ a: '1' }) })),
  ...requests('with integrity', () => ({ integrity: digest('sha256', 'other') })),
  ...requests('with mode no-cors', () => ({ mode: 'no-cors' })),
  ...requests('with mode same-origin', () => ({ mode: 'same-origin' })),
  ...requests('with credentials omit', () => ({ credentials: 'omit', headers: { cookie: 'a=1' } })),
  ...requests('with a referrer', () => ({ referrer: 'http://127.0.0.1/from', referrerPolicy: 'unsafe-url' })),
  ...requests('with a cache mode', () => ({ cache: 'no-store' })),
  ...requests('with keepalive', () => ({ method: 'POST', keepalive: true })),
  ...requests('overridden by keepalive', () => ({}), { keepalive: true }),
  ...requests('with a body, overridden by keepalive', () => post, { keepalive: true }),
  ...requests('with a body, overridden by null', () => post, { body: null }),
  ...requests('with a body, overridden by headers', () => post, { headers: { 'x-new': 'yes' } }),
  ...requests('with a method, overridden by undefined', () => ({ method: 'DELETE' }), { method: undefined }),
  ...Object.entries({
    bytes: new Uint8Array([1, 2]),
    URLSearchParams: new URLSearchParams({ a: 'ü' }),
    'a Blob': new Blob(['blob'], { type: 'text/x-blob' }),
    'a File': new File(['file'], 'file', { type: 'text/x-file' }),
  }).map(headersInstead),
  ...requests('with an empty body', () => ({ method: 'POST', body: '' })),
  ...requests('with everything', () => ({
    method: 'PUT',
    body: 'text',
    cache: 'no-store',
    credentials: 'omit',
    keepalive: true,
    mode: 'cors',
    referrer: '',
    referrerPolicy: 'no-referrer',
  })),
  {
    name: "undici's Request with POST overridden by GET",
    path: 'echo',
    input: ({ url }) => new UndiciRequest(url, post),
    init: { method: 'GET' },
  },
  { name: "undici's Request whose body was read", path: 'echo', input: used(UndiciRequest) },
  {
    name: "Node's Request whose body was read",
    path: 'echo',
    input: used(Request),
    reference: { input: used(UndiciRequest) },
  },
  {
    name: "undici's Request, cloned",
    path: 'echo',
    input: ({ url }) => new UndiciRequest(url, post).clone(),
  },
]
