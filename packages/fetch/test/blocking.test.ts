import { beforeAll, describe, expect, it } from 'vitest'
import { perCall, residentAdapters } from './adapters.ts'
import { runProgram } from './run-program.ts'

const largest = ['ResponseExceededMaxSizeError', 'UND_ERR_RES_EXCEEDED_MAX_SIZE', 'xxxxx']
const typeError = (message: string | RegExp): object =>
  expect.objectContaining({ class: 'TypeError', message: expect.stringMatching(message) })

describe.each(residentAdapters)('by blocking, on $name', ({ name, turnsLoop }) => {
  let seen: Record<string, unknown>

  beforeAll(async () => {
    seen = (await runProgram('blocking', name)) as typeof seen
  }, 70_000)

  it('a response is what the standard says', () => {
    const body = { hello: 'world' }
    const response = [200, true, 'OK', false, 'basic', true, true, 'application/json', false, body, true]
    expect(seen.response).toEqual(response)
    expect(seen.redirected).toEqual([true, true, 302])
    expect(seen.immutable).toBe('TypeError')
    expect(seen.cookies).toEqual(['a=1', 'b=2'])
    expect(seen.notFound).toEqual([false, 500])
  })

  it('its body is read in every way', () => {
    expect(seen.readers).toEqual({
      text: 'hi\ufffd',
      arrayBuffer: [0xef, 0xbb, 0xbf, 0x68, 0x69, 0xff],
      bytes: ['Uint8Array', 0xef, 0xbb, 0xbf, 0x68, 0x69, 0xff],
      buffer: [true, 6],
      blob: ['Blob', 'text/html;charset=gbk', 3],
      json: 'SyntaxError',
    })
    const noForm = 'Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".'
    expect(seen.forms).toEqual([true, 'value', ['a.txt', 'text/plain', 5], ['1', '2 3'], noForm])
  })

  it('its body is read once, and each clone’s as well', () => {
    expect(seen.readOnce).toEqual([
      'TypeError: Body is unusable: Body has already been read',
      'TypeError: Response.clone: Body has already been consumed.',
      'TypeError: Invalid state: ReadableStream is locked',
    ])
    expect(seen.cloned).toEqual([true, 300_000, true, 200])
  })

  it('a response without a body has none', () => {
    expect(seen.noBody).toEqual([null, 'yes', null, '', '', false, true])
  })

  it('a body is iterated over', () => {
    expect(seen.streamed).toEqual([1_000_000, true])
  })

  it('every kind of body is sent, with its type', () => {
    const text = 'text/plain;charset=UTF-8'
    expect(seen.bodies).toEqual({
      string: [text, Buffer.from('text é').toString('latin1')],
      other: [text, '12'],
      bytes: [null, 'ab'],
      buffer: [null, 'ab'],
      view: [null, 'ab'],
      arrayBuffer: [null, 'ab'],
      params: ['application/x-www-form-urlencoded;charset=UTF-8', 'a=1+2'],
      blob: ['text/x-blob', 'ab'],
      file: ['text/x-file', 'ab'],
      own: ['application/json', '{}'],
      array: [null, 'ab'],
      none: [null, ''],
      large: 3_000_000,
    })
    expect(seen.iterable).toEqual([null, 'abc'])
    const [type, body, isSame] = seen.formBodies as [string, string, boolean]
    expect(type).toBe('multipart/form-data; boundary=cut')
    expect(body).toMatch(/name="text"\r\n\r\none\r\n/)
    expect(body).toMatch(/name="file"; filename="a.txt"\r\ncontent-type: text\/plain\r\n\r\ncontent\r\n/i)
    expect(isSame).toBe(true)
  })

  it('requests are taken, of undici and of Node, with what they hold', () => {
    expect(seen.requests).toEqual([['POST', 'a', 'text'], ['DELETE', 'b', ''], true, true, ['PUT', 'other']])
  })

  it('a body that only the event loop could give is refused at once, where that does not turn', () => {
    const refused = expect.objectContaining({
      class: 'AsyncInSyncError',
      message: expect.stringMatching(/async iterable.*fetch\.async/),
    })
    expect(seen.asyncBodies).toEqual(turnsLoop ? ['late', 'text'] : [refused, refused])
  })

  it('what the standard refuses is refused before anything is sent', () => {
    expect(seen.refused).toEqual({
      url: typeError('Failed to parse URL'),
      credentials: typeError('includes credentials'),
      method: typeError('not a valid HTTP method'),
      header: typeError('invalid header name'),
      getBody: typeError('cannot have body'),
      duplex: typeError('duplex option is required'),
      redirect: typeError('sometimes'),
      signal: typeError('AbortSignal'),
      window: typeError('must be null'),
      init: typeError(''),
      timeout: expect.objectContaining({ class: 'RangeError' }),
      noTimeout: typeError('^timeout must be a number of milliseconds'),
      dispatcher: expect.objectContaining({ code: 'ERR_AMBISYNC_NOT_SUPPORTED' }),
    })
  })

  it("what fails is undici's own error", () => {
    expect(seen.failed).toMatchObject({
      cut: { class: 'TypeError', message: 'terminated', cause: { class: 'SocketError', code: 'UND_ERR_SOCKET' } },
      isSocketError: true,
      unreachable: { class: 'TypeError', message: 'fetch failed' },
    })
    const [message, ...error] = seen.largest as string[]
    expect(error).toEqual(largest)
    expect(message).toMatch(/terminated|fetch failed/)
  })

  it('a time limit is for head and body, and the loop goes on', () => {
    const expired = ['TimeoutError', 'ERR_AMBISYNC_TIMEOUT']
    expect(seen.timeout).toEqual({ inTime: { hello: 'world' }, errors: [expired, expired, expired, expired] })
  })

  it("a signal's reason is thrown", () => {
    const enough = { class: 'RangeError', name: 'RangeError', message: 'enough' }
    expect(seen.signal).toEqual([enough, ['DOMException', 'AbortError'], 'enough'])
  })

  it('many are fetched together', () => {
    const sizes = [false, false, true]
    const invalid = 'Failed to parse URL from nothing'
    expect(seen.all).toEqual([[1, 2], sizes, ['fulfilled', 'rejected'], invalid, 'TimeoutError'])
    expect(seen.generator).toEqual([12, true])
  })

  it('after a stop there is no more', () => {
    expect(seen.stopped).toBe('ERR_AMBISYNC_LOOP_STOPPED')
  })

  it('a slow body does not hold back its head, and is left without waiting', () => {
    expect(seen.headFirst).toBe(200)
    expect(seen.cutLate).toEqual(['some', 'terminated'])
    expect(seen.left).toEqual(['closed', 'closed'])
    expect(seen.ended).toEqual(['fetching /never/head was not done within 100 ms', 'closed', 'closed'])
  })
})

describe(`by blocking, on ${perCall}`, () => {
  it('a response has its whole body with it, and time limits and bodies of all kinds are the same', async () => {
    expect(await runProgram('blocking', perCall)).toEqual({
      forms: [true, 'value', ['a.txt', 'text/plain', 5], ['1', '2 3'], expect.stringMatching('Content-Type was not')],
      noBody: [null, 'yes', null, '', '', false, true],
      streamed: [1_000_000, false],
      formBodies: ['multipart/form-data; boundary=cut', expect.stringMatching('content'), true],
      asyncBodies: [expect.objectContaining({ class: 'AsyncInSyncError' }), expect.anything()],
      iterable: [null, 'abc'],
      failed: expect.objectContaining({ isSocketError: true }),
      timeout: expect.objectContaining({ inTime: { hello: 'world' } }),
      largest: [expect.stringMatching(/terminated|fetch failed/), ...largest],
      generator: [12, true],
      stopped: 'ERR_AMBISYNC_LOOP_STOPPED',
    })
  }, 70_000)
})
