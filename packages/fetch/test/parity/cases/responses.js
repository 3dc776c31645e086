// Statuses, headers and bodies of answers.

const statuses = [200, 201, 202, 203, 206, 300, 305, 306, 400, 404, 410, 418, 429, 500, 503, 599]
const encodings = ['gzip', 'x-gzip', 'deflate', 'deflate-raw', 'br', 'zstd', 'gzip, br', 'identity', 'unknown']

export const responses = [
  ...statuses.map((status) => ({ name: `status ${status}`, path: `status/${status}`, reads: ['text'] })),
  ...[204, 205, 304].map((status) => ({
    name: `status ${status}, which has no body`,
    path: `status/${status}`,
    reads: ['text', 'bytes', 'arrayBuffer', 'blob', 'clone text'],
  })),
  { name: 'status 204 read as JSON', path: 'status/204', reads: ['json'] },
  { name: 'status 204 read as a form', path: 'status/204', reads: ['formData'] },
  { name: 'status 204 to a POST', path: 'status/204', init: { method: 'POST', body: 'x' } },
  { name: 'an empty body', path: 'empty', reads: ['text', 'text'] },
  { name: 'an empty body read as JSON', path: 'empty', reads: ['json'] },
  { name: 'an empty body iterated', path: 'empty', reads: ['body', 'text'] },
  { name: 'several set-cookie headers', path: 'set-cookie' },
  { name: 'several headers of one name', path: 'headers?x-a=1&x-a=2&x-b=3&vary=a&vary=b' },
  { name: 'headers in an order of their own', path: 'headers?x-z=1&X-M=2&x-a=3&content-language=en' },
  { name: 'latin1 in a header', path: 'latin1' },
  {
    name: 'headers that cannot be changed',
    path: 'set-cookie',
    reads: ['header changes', 'clone header changes', 'head'],
  },
  { name: 'encoded as gzip, 3 MB', path: 'encoded-large?as=gzip' },
  { name: 'encoded as br, 3 MB, iterated', path: 'encoded-large?as=br', reads: ['body'] },
  { name: 'chunked', path: 'chunked' },
  { name: 'chunked, iterated', path: 'chunked', reads: ['body', 'text'] },
  { name: 'trailers', path: 'trailers' },
  { name: 'a slow body in pieces', path: 'slow', reads: ['text'] },
  { name: 'a slow body, iterated', path: 'slow', reads: ['body'] },
  { name: 'a body that comes long after its head', path: 'head-then-slow', reads: ['text'] },
  { name: 'a body of 64 KB', path: 'large?bytes=65536' },
  { name: 'a body of 64 KB and a byte', path: 'large?bytes=65537' },
  { name: 'a body of 3 MB', path: 'large?bytes=3145728' },
  { name: 'a body of 3 MB, iterated', path: 'large?bytes=3145728', reads: ['body'] },
  { name: 'a body of 3 MB, of which nothing is read', path: 'large?bytes=3145728', reads: ['head'] },
  { name: 'a body of 3 MB, cloned', path: 'large?bytes=3145728', reads: ['clone bytes', 'bytes'] },
  ...encodings.map((as) => ({ name: `encoded as ${as}`, path: `encoded?as=${encodeURIComponent(as)}` })),
  { name: 'encoded as gzip, iterated', path: 'encoded?as=gzip', reads: ['body'] },
  { name: 'encoded, in capitals', path: 'encoded-in-capitals' },
  { name: 'encoded as gzip, but empty', path: 'encoded-nothing?as=gzip' },
  { name: 'encoded as br, but empty', path: 'encoded-nothing?as=br' },
  ...['gzip', 'deflate', 'br'].flatMap((as) => [
    { name: `corrupt ${as}`, path: `corrupt?as=${as}`, reads: ['text', 'text'] },
    { name: `truncated ${as}`, path: `truncated?as=${as}` },
    { name: `plain text that says it is ${as}`, path: `not-encoded?as=${as}` },
  ]),
  { name: 'corrupt gzip, iterated', path: 'corrupt?as=gzip', reads: ['body'] },
  { name: 'corrupt gzip, of which nothing is read', path: 'corrupt?as=gzip', reads: ['head'] },
]
