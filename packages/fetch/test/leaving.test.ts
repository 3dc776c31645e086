import { describe, expect, it } from 'vitest'
import { residentAdapters } from './adapters.ts'
import { runProgram } from './run-program.ts'

describe.each(residentAdapters.map(({ name }) => name))('on %s', (name) => {
  it('exchanges end when they are left, and only then', async () => {
    const blocking = {
      'a body that was asked for nothing': true,
      'stopped for good': 'ERR_AMBISYNC_LOOP_STOPPED',
      'the package’s own starts again': [200, 200],
    }
    expect(await runProgram('leaving', name)).toEqual({
      'stopped while redirected by async': [200, null],
      'stopped while redirected by submit': [200, null],
      'disposed: the server hears of it': [['AbortError', 'ERR_AMBISYNC_ABORTED', null], true],
      'a limit of 24.8 days': 200,
      'hints before the response, with a cache': 200,
      'an iterator whose return throws': [200, ['TypeError', null, null]],
      ...(name === 'deasync' ? {} : blocking),
    })
  }, 250_000)
})

it('errors of blocking calls show who has called, and say what was called', async () => {
  const withCaller = (name: string, code: string | null, message: RegExp): unknown => [
    name,
    code,
    true,
    expect.stringMatching(message),
  ]
  expect(await runProgram('callers')).toEqual({
    'bad URL': withCaller('TypeError', null, /Failed to parse URL/),
    'body on GET': withCaller('TypeError', null, /GET\/HEAD method cannot have body/),
    'no time': withCaller('TimeoutError', 'ERR_AMBISYNC_TIMEOUT', /was not done within 0 ms/),
    'async body': withCaller('AsyncInSyncError', 'ERR_AMBISYNC_ASYNC_IN_SYNC', /use fetch\.async/),
    'Blob of a file': withCaller('NotSupportedError', 'ERR_AMBISYNC_NOT_SUPPORTED', /a Blob of a file cannot go/),
    refused: ['TypeError', null, true],
    'no detector': ['NotSupportedError', expect.stringMatching(/^fetch\.auto cannot tell/)],
    'a detector': 'x',
    'and an async caller': true,
    warning: expect.stringMatching(/^fetch\.sync\(\) has blocked .*write await fetch\.async\(\) there$/),
    name: 'fetch',
  })
}, 250_000)
