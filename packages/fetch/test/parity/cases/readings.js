// The ways of reading a body.

const hex = (text) => Buffer.from(text, 'utf8').toString('hex')
const typed = (type, text, encoding = 'utf8') =>
  `typed?${type === null ? '' : `type=${encodeURIComponent(type)}&`}hex=${Buffer.from(text, encoding).toString('hex')}`

const multipart = (...lines) => typed('multipart/form-data; boundary=XX', lines.join('\r\n'))
const part = ['--XX', 'Content-Disposition: form-data; name="a"', '', 'value']

const jsons = {
  'an object': '{"a":[1,2,{"b":null}],"text":"ü"}',
  'a number': '5',
  null: 'null',
  'a text': '"text"',
  ['__proto__']: '{"__proto__":{"a":1},"b":2}',
  nothing: '',
  'half an object': '{"a":',
  'not JSON at all': '<html>',
  'a BOM before it': '\ufeff{"a":1}',
  'more after it': '{"a":1} x',
  'a lone surrogate': '"\\ud800"',
}

const forms = {
  'one part': multipart(...part, '--XX--', ''),
  'a file': multipart(
    '--XX',
    'Content-Disposition: form-data; name="f"; filename="ü.txt"',
    'Content-Type: text/x',
    '',
    'abc',
    '--XX--',
    '',
  ),
  'a file without a type': multipart(
    '--XX',
    'Content-Disposition: form-data; name="f"; filename="f"',
    '',
    'abc',
    '--XX--',
    '',
  ),
  'no end': multipart(...part),
  'no parts': multipart('--XX--', ''),
  nothing: multipart(),
  'no name': multipart('--XX', 'Content-Disposition: form-data', '', 'value', '--XX--', ''),
  'a preamble': multipart('preamble', ...part, '--XX--', ''),
  'another boundary': typed('multipart/form-data; boundary=YY', [...part, '--XX--', ''].join('\r\n')),
  'no boundary': typed('multipart/form-data', [...part, '--XX--', ''].join('\r\n')),
  urlencoded: typed('application/x-www-form-urlencoded', 'a=1&a=2&b=%C3%BC+x&c&=d&bad=%zz'),
  'urlencoded with a charset': typed('application/x-www-form-urlencoded;charset=UTF-8', 'a=1'),
  'urlencoded and empty': typed('application/x-www-form-urlencoded', ''),
  'text/plain': typed('text/plain', 'a=1'),
  'no type': typed(null, 'a=1'),
}

const types = [
  'text/html',
  'TEXT/HTML; Charset="utf-8"',
  'text/html;charset=latin1',
  'nonsense',
  'text/',
  'a/b;c=d;c=e',
  'text/plain, text/html',
  '*/*',
]

const everyRead = ['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData', 'body']

export const readings = [
  ...Object.entries(jsons).map(([name, text]) => ({
    name: `json: ${name}`,
    path: typed('application/json', text),
    reads: ['json', 'json'],
  })),
  ...Object.entries(forms).map(([name, path]) => ({ name: `formData: ${name}`, path, reads: ['formData', 'text'] })),
  ...types.map((type) => ({ name: `blob of type ${type}`, path: typed(type, 'abc'), reads: ['blob', 'text'] })),
  { name: 'blob without a type', path: typed(null, 'abc'), reads: ['blob'] },
  { name: 'text with a BOM', path: typed('text/plain', '\ufeffabc'), reads: ['clone bytes', 'text'] },
  { name: 'JSON with two BOMs', path: typed('application/json', '\ufeff\ufeff1'), reads: ['json'] },
  { name: 'text with three BOMs', path: typed('text/plain', '\ufeff\ufeff\ufeffabc'), reads: ['text'] },
  { name: 'text with half a BOM', path: typed('text/plain', 'efbb61', 'hex'), reads: ['text'] },
  { name: 'text with two BOMs', path: typed('text/plain', '\ufeff\ufeffabc'), reads: ['text'] },
  { name: 'text of only a BOM', path: typed('text/plain', '\ufeff'), reads: ['text'] },
  { name: 'text that is not UTF-8', path: typed('text/plain', 'fffe80c3', 'hex'), reads: ['text'] },
  { name: 'text that says it is latin1', path: typed('text/plain;charset=latin1', 'e9', 'hex'), reads: ['text'] },
  { name: 'text that is UTF-16', path: typed('text/plain;charset=utf-16', 'fffe6100', 'hex'), reads: ['text'] },
  ...everyRead.map((first) => ({
    name: `every read after ${first}`,
    path: typed('application/x-www-form-urlencoded', '1'),
    reads: [first, ...everyRead, 'clone text', 'head'],
  })),
  ...everyRead.map((read) => ({
    name: `${read} of a clone, then of itself`,
    path: typed('application/x-www-form-urlencoded', '{}'),
    reads: [`clone ${read}`, `clone head`, read, read, 'clone text'],
  })),
  { name: 'iterated three times', path: 'large?bytes=200000', reads: ['body', 'body', 'clone body', 'body'] },
  { name: 'nothing is read', path: `typed?hex=${hex('abc')}`, reads: [] },
  { name: 'arrayBuffer of a large body', path: 'large?bytes=200000', reads: ['arrayBuffer'] },
  { name: 'blob of a large body', path: 'large?bytes=200000', reads: ['blob'] },
  { name: 'text of a large body', path: 'large?bytes=200000', reads: ['text'] },
]
