// A server of bare sockets, for answers that Node's own would not send: text, as latin1, and then how the connection
// ends, 'end' (a FIN) or 'reset' (a RST, and no text).
import { createServer } from 'node:net'
import { see } from './seen.js'

const head = (...lines) => [...lines, '', ''].join('\r\n')
const ok = (...headers) => head('HTTP/1.1 200 OK', ...headers)
const closing = ['Connection: close']

const answers = {
  'no-answer': ['end'],
  reset: ['reset'],
  'closed-in-status-line': ['HTTP/1.1 20', 'end'],
  'closed-in-head': ['HTTP/1.1 200 OK\r\nContent-Type: text/pl', 'end'],
  'closed-in-body': [ok('Content-Length: 100'), 'only this much', 'end'],
  'closed-in-chunk': [ok('Transfer-Encoding: chunked'), '10\r\nonly', 'end'],
  'closed-between-chunks': [ok('Transfer-Encoding: chunked'), '4\r\nonly\r\n', 'end'],
  'closed-in-gzip': [ok('Content-Length: 100', 'Content-Encoding: gzip'), '\x1f\x8b\x08\x00\x00\x00\x00\x00', 'end'],
  'length-too-small': [ok('Content-Length: 3', ...closing), 'more than three', 'end'],
  'length-twice': [ok('Content-Length: 3', 'Content-Length: 4', ...closing), 'abcd', 'end'],
  'length-twice-the-same': [ok('Content-Length: 3', 'Content-Length: 3', ...closing), 'abc', 'end'],
  'length-no-number': [ok('Content-Length: three', ...closing), 'abc', 'end'],
  'length-and-chunked': [ok('Content-Length: 3', 'Transfer-Encoding: chunked'), '3\r\nabc\r\n0\r\n\r\n', 'end'],
  'bad-chunk-size': [ok('Transfer-Encoding: chunked'), 'zz\r\nabc\r\n', 'end'],
  'bad-second-chunk': [ok('Transfer-Encoding: chunked'), '3\r\nabc\r\nzz\r\nabc\r\n', 'end'],
  'bad-chunk-end': [ok('Transfer-Encoding: chunked'), '3\r\nabcdef\r\n0\r\n\r\n', 'end'],
  'chunk-extension': [ok('Transfer-Encoding: chunked', ...closing), '3;a=b\r\nabc\r\n0\r\n\r\n', 'end'],
  'chunk-trailers': [ok('Transfer-Encoding: chunked', ...closing), '3\r\nabc\r\n0\r\nX-Trailer: yes\r\n\r\n', 'end'],
  'unknown-transfer-encoding': [ok('Transfer-Encoding: unknown', ...closing), 'abc', 'end'],
  'until-close': [ok(), 'all that comes before the end', 'end'],
  'http-1.0': [head('HTTP/1.0 200 Fine'), 'all that comes', 'end'],
  'http-2.0': [head('HTTP/2.0 200 OK', ...closing), 'abc', 'end'],
  'not-http': ['SSH-2.0-OpenSSH_9.2\r\n', 'end'],
  'bad-status-line': ['HTTP/1.1 abc OK\r\n\r\n', 'end'],
  'status-of-four-digits': ['HTTP/1.1 2000 OK\r\n\r\n', 'end'],
  'status-99': ['HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n', 'end'],
  'status-600': ['HTTP/1.1 600 High\r\nContent-Length: 0\r\nConnection: close\r\n\r\n', 'end'],
  'no-reason': ['HTTP/1.1 200\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok', 'end'],
  'latin1-reason': ['HTTP/1.1 200 caf\xe9\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok', 'end'],
  'long-reason': [`HTTP/1.1 200 ${'r'.repeat(2_000)}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok`, 'end'],
  'nul-in-header': [ok('X-Bad: a\0b', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'control-in-header': [ok('X-Bad: a\x01b', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'space-in-name': [ok('X Bad: a', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'no-name': [ok(': a', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'no-colon': [ok('X-Bad', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'folded-header': [ok('X-Folded: a\r\n b', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'utf8-header': [ok('X-Utf8: \xc3\xbc \xff', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'empty-header': [ok('X-Empty:', 'X-Blank:   ', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'repeated-headers': [ok('X-A: 1', 'x-a: 2', 'X-B: 3', 'X-A: 4', 'Content-Length: 2', ...closing), 'ok', 'end'],
  'long-head': [ok(`X-Long: ${'x'.repeat(20_000)}`, 'Content-Length: 2', ...closing), 'ok', 'end'],
  'many-headers': [
    ok(...Array.from({ length: 300 }, (_, n) => `X-${n}: ${n}`), 'Content-Length: 2', ...closing),
    'ok',
    'end',
  ],
  'line-feeds-only': ['HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok', 'end'],
  'early-hints': [head('HTTP/1.1 103 Early Hints', 'Link: </a>'), ok('Content-Length: 2', ...closing), 'ok', 'end'],
  continue: [head('HTTP/1.1 100 Continue'), ok('Content-Length: 2', ...closing), 'ok', 'end'],
  switching: [head('HTTP/1.1 101 Switching Protocols', 'Upgrade: other', 'Connection: Upgrade'), 'end'],
  'body-of-204': [head('HTTP/1.1 204 No Content', ...closing), 'not expected', 'end'],
  'body-of-304': [head('HTTP/1.1 304 Not Modified', 'Content-Length: 5', ...closing), 'end'],
  'body-of-205': [head('HTTP/1.1 205 Reset Content', 'Content-Length: 5', ...closing), 'hello', 'end'],
  'length-to-head': [ok('Content-Length: 1000', ...closing), 'end'],
  'latin1-location': [
    head('HTTP/1.1 302 Found', 'Location: arriv\xc3\xa9?\xfc', 'Content-Length: 0', ...closing),
    'end',
  ],
  'bad-location': [head('HTTP/1.1 302 Found', 'Location: http://[', 'Content-Length: 0', ...closing), 'end'],
  'two-locations': [head('HTTP/1.1 302 Found', 'Location: a', 'Location: b', 'Content-Length: 0', ...closing), 'end'],
  ok: [ok('Content-Length: 2', ...closing), 'ok', 'end'],
  arriv: [ok('Content-Length: 2', ...closing), 'ok', 'end'],
}

export function rawServer() {
  return createServer((socket) => {
    let text = ''
    socket.setEncoding('latin1')
    socket.on('error', () => {})
    socket.on('data', (more) => {
      text += more
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const [line, ...lines] = text.slice(0, end).split('\r\n')
      text = ''
      const [method, url, version] = line.split(' ')
      const headers = lines.flatMap((each) => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 2)])
      see('raw', { method, url, httpVersion: version.replace('HTTP/', ''), rawHeaders: headers })
      const name = url.split('/')[2]?.replace(/[%?].*/, '')
      const steps = answers[name] ?? [head('HTTP/1.1 404 Not Found', 'Content-Length: 0', ...closing), 'end']
      // At once, so that what the client makes of it does not depend on where the pieces are cut.
      if (steps.at(-1) === 'reset') socket.resetAndDestroy()
      else socket.end(steps.slice(0, -1).join(''), 'latin1')
    })
  })
}
