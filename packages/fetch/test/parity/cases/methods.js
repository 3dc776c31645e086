// Methods, and what a body may go with.

const allowed = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export const methods = [
  ...allowed.map((method) => ({ name: `method ${method}`, path: 'echo', init: { method } })),
  { name: 'method HEAD', path: 'large?bytes=1000', init: { method: 'HEAD' }, reads: ['text', 'text'] },
  { name: 'method HEAD of an encoded answer', path: 'encoded?as=gzip', init: { method: 'HEAD' } },
  ...['get', 'post', 'head', 'put', 'delete', 'options'].map((method) => ({
    name: `method ${method} in small letters`,
    path: 'echo',
    init: { method },
  })),
  // Node's HTTP server knows none of these.
  { name: 'method patch in small letters, as it is', at: 'raw', init: { method: 'patch' } },
  { name: 'an unknown method', at: 'raw', init: { method: 'CHICKEN' } },
  { name: 'method null', at: 'raw', init: { method: null } },
  { name: 'method PROPFIND', path: 'echo', init: { method: 'PROPFIND' } },
  { name: 'method undefined', path: 'echo', init: { method: undefined } },
  ...['CONNECT', 'TRACE', 'TRACK', 'connect', 'trace'].map((method) => ({
    name: `forbidden method ${method}`,
    init: { method },
  })),
  ...['', 'G T', 'GET\n', 'GÉT', 'GET:'].map((method) => ({
    name: `invalid method ${JSON.stringify(method)}`,
    init: { method },
  })),
  ...['GET', 'HEAD'].flatMap((method) => [
    { name: `a body on ${method}`, init: { method, body: 'text' } },
    { name: `an empty body on ${method}`, init: { method, body: '' } },
    { name: `a body of null on ${method}`, path: 'echo', init: { method, body: null } },
  ]),
  { name: 'a body without a method', init: { body: 'text' } },
  ...allowed
    .slice(1)
    .map((method) => ({ name: `a body on ${method}`, path: 'echo', init: { method, body: `for ${method}` } })),
]
