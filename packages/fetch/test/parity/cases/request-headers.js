// Headers of requests: what is sent, added and refused.
import { Headers as UndiciHeaders } from 'undici'

const accepted = {
  'as an object': { 'X-One': '1', 'x-two': 'two  words', 'X-Empty': '' },
  'as pairs': [
    ['x-a', '1'],
    ['X-A', '2'],
    ['x-b', '3'],
  ],
  "as undici's Headers": () =>
    new UndiciHeaders([
      ['x-a', '1'],
      ['x-b', '2'],
    ]),
  "as Node's Headers": () =>
    new Headers([
      ['x-a', '1'],
      ['x-b', '2'],
    ]),
  'as a Map': () => new Map([['x-a', '1']]),
  'as none': {},
  'with spaces around': { 'x-space': '  value\t ' },
  'with numbers': { 'x-number': 1, 'x-null': null, 'x-undefined': undefined, 'x-true': true },
  'in latin1': { 'x-latin1': 'caf\u00e9 \u00ff' },
  'with several cookies': { cookie: 'a=1; b=2' },
  'with cookies twice': [
    ['cookie', 'a=1'],
    ['cookie', 'b=2'],
  ],
  'with basic authorization': { authorization: `Basic ${Buffer.from('user:päss').toString('base64')}` },
  'with its own user-agent and accept': { 'user-agent': 'mine', accept: 'text/x', 'accept-language': 'de' },
  'with its own accept-encoding': { 'accept-encoding': 'identity' },
  'with a host': { host: 'elsewhere.test' },
  'with connection: close': { connection: 'close' },
  'with connection: keep-alive': { connection: 'keep-alive' },
  'with a range': { range: 'bytes=0-1' },
  'with if-none-match': { 'if-none-match': '"tag"' },
  'with origin and referer': { origin: 'http://a.test', referer: 'http://b.test/' },
  'with sec- headers': { 'sec-fetch-mode': 'navigate', 'sec-custom': 'x' },
}

const refused = {
  'an invalid name': { 'x y': '1' },
  'an empty name': { '': '1' },
  'a non-ASCII name': { 'x-ü': '1' },
  'a name with a colon': { 'x:': '1' },
  'a line break in a value': { 'x-a': 'a\r\nx-b: 1' },
  'a NUL in a value': { 'x-a': 'a\0b' },
  'a value beyond latin1': { 'x-a': '世界' },
  'a symbol for a value': { 'x-a': Symbol('value') },
  'an object that cannot be text': { 'x-a': Object.create(null) },
  'pairs of three': [['x-a', '1', '2']],
  'pairs of one': [['x-a']],
  'a list of texts': ['x-a'],
  'a text': 'x-a: 1',
  'a number': 5,
  null: null,
  'expect: 100-continue': { expect: '100-continue' },
  'transfer-encoding: chunked': { 'transfer-encoding': 'chunked' },
  'upgrade: websocket': { upgrade: 'websocket' },
  'keep-alive': { 'keep-alive': 'timeout=5' },
  'connection: upgrade': { connection: 'upgrade' },
  te: { te: 'trailers' },
}

// One that is too small has undici's own fetch wait for ever.
const lengths = { 'that is right': '4', 'too large': '5', 'that is no number': 'x', negative: '-1' }

export const requestHeaders = [
  ...Object.entries(accepted).map(([name, headers]) => ({
    name: `headers ${name}`,
    path: 'echo',
    init: () => ({ headers: typeof headers === 'function' ? headers() : headers }),
  })),
  ...Object.entries(refused).map(([name, headers]) => ({ name: `unusual headers: ${name}`, init: { headers } })),
  ...Object.entries(lengths).map(([name, length]) => ({
    name: `a content-length ${name}`,
    path: 'echo',
    init: { method: 'POST', body: 'text', headers: { 'content-length': length } },
  })),
  { name: 'basic authorization that is let in', path: 'auth', init: { headers: accepted['with basic authorization'] } },
  { name: 'no authorization', path: 'auth' },
]
