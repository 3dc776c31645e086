// Redirects of every kind.

const kinds = [301, 302, 303, 307, 308]
const post = { method: 'POST', body: 'the body', headers: { 'x-own': 'yes', 'content-language': 'de' } }
const secret = {
  authorization: 'Basic abc',
  cookie: 'a=1',
  'proxy-authorization': 'x',
  host: 'own.test',
  'x-own': 'yes',
}

async function* streamed() {
  yield new TextEncoder().encode('streamed')
}

function* iterated() {
  yield new TextEncoder().encode('streamed')
}

export const redirects = [
  ...kinds.flatMap((status) => [
    { name: `redirect ${status} of GET`, path: `redirect/${status}?to=echo` },
    { name: `redirect ${status} of POST`, path: `redirect/${status}?to=echo`, init: post },
    { name: `redirect ${status} of HEAD`, path: `redirect/${status}?to=echo`, init: { method: 'HEAD' } },
    { name: `redirect ${status} of PUT`, path: `redirect/${status}?to=echo`, init: { ...post, method: 'PUT' } },
    {
      name: `redirect ${status} to another origin`,
      path: `redirect/${status}?to=@other/echo`,
      init: { ...post, headers: secret },
    },
    {
      name: `redirect ${status}, manual`,
      path: `redirect/${status}?to=echo`,
      init: { redirect: 'manual' },
      reads: ['text'],
    },
    { name: `redirect ${status}, an error`, path: `redirect/${status}?to=echo`, init: { redirect: 'error' } },
    { name: `redirect ${status} without a location`, path: `redirect/${status}`, reads: ['text'] },
    {
      name: `redirect ${status} of an iterable`,
      path: `redirect/${status}?to=echo`,
      init: () => ({ method: 'POST', body: iterated(), duplex: 'half' }),
      reference: { init: () => ({ method: 'POST', body: streamed(), duplex: 'half' }) },
    },
  ]),
  { name: 'redirect to the same origin keeps what is secret', path: 'redirect/302?to=echo', init: { headers: secret } },
  {
    name: 'redirect to another origin drops what is secret',
    path: 'redirect/302?to=@other/echo',
    init: { headers: secret },
  },
  {
    name: 'redirect of a Blob',
    path: 'redirect/307?to=echo',
    init: () => ({ method: 'POST', body: new Blob(['blob'], { type: 'text/x-blob' }) }),
  },
  {
    name: 'redirect of bytes',
    path: 'redirect/308?to=echo',
    init: { method: 'POST', body: new Uint8Array([1, 2, 3]) },
  },
  { name: 'redirect loop', path: 'loop' },
  { name: 'twenty redirects', path: 'hops/20' },
  { name: 'twenty-one redirects', path: 'hops/21' },
  { name: 'redirect to an invalid URL', path: 'redirect-raw?to=http://[' },
  { name: 'redirect to another scheme', path: 'redirect-raw?to=ftp://a.test/' },
  { name: 'redirect to a data URL', path: 'redirect-raw?to=data:,hi' },
  { name: 'redirect to nothing', path: 'redirect-raw?to=' },
  { name: 'redirect to a relative path', path: 'redirect-raw?to=echo' },
  { name: 'redirect to a query', path: 'hops/1?x#fragment' },
  { name: 'redirect keeps a fragment', path: 'redirect/302?to=echo#own' },
  { name: 'redirect with a fragment of its own', path: 'redirect/302?to=echo%23theirs#own' },
  { name: 'redirect with credentials', path: 'redirect-raw?to=http://user:pass@127.0.0.1:1/' },
  { name: 'redirect to where nobody listens', path: 'redirect/302?to=@nobody/echo' },

  { name: 'redirect, invalid mode', init: { redirect: 'never' } },
  { name: 'redirect to another origin, manual', path: 'redirect/302?to=@other/echo', init: { redirect: 'manual' } },
  { name: 'redirect in latin1', at: 'raw', path: 'latin1-location' },
  { name: 'redirect to a bad location', at: 'raw', path: 'bad-location' },
  { name: 'redirect to two locations', at: 'raw', path: 'two-locations' },
]
