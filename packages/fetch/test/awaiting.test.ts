import { beforeAll, describe, expect, it } from 'vitest'
import { perCall, residentAdapters } from './adapters.ts'
import { runProgram } from './run-program.ts'

describe.each(residentAdapters)('by awaiting, on $name', ({ name }) => {
  let seen: Record<string, unknown>

  beforeAll(async () => {
    seen = (await runProgram('awaiting', name)) as typeof seen
  }, 70_000)

  it("async gives undici's own Response, and submit a SyncResponse", () => {
    expect(seen.classes).toEqual([true, true])
    expect(seen.auto).toEqual(['NotSupportedError', true, true, true])
    expect(seen.all).toEqual([200, 200])
  })

  it('both send the same', () => {
    const both = ['ab', 'ab']
    expect(seen.bodies).toEqual({ iterable: both, text: both, blob: both, request: ['', ''], forms: [true, true] })
  })

  it('both fail with the same', () => {
    expect(seen.refused).toEqual([
      ['url', 'TypeError', true],
      ['getBody', 'TypeError', true],
      ['dispatcher', 'NotSupportedError', true],
      ['init', 'TypeError', true],
      ['range', 'RangeError', true],
      ['none', 'TimeoutError', true],
      ['cut', 'TypeError', true],
      ['aborted', 'RangeError', true],
    ])
    expect(seen.headLimit).toEqual(['ERR_AMBISYNC_TIMEOUT', true])
  })

  it('a stop waits for what is under way, and a disposal cancels it', () => {
    const stopped = 'ERR_AMBISYNC_LOOP_STOPPED'
    expect(seen.stopped).toEqual({ underWay: 200, async: stopped, submit: stopped })
    expect(seen.disposed).toBe('AbortError')
  })

  it('async iterables are sent, and time limits hold for bodies', () => {
    expect(seen.asyncIterables).toEqual(['ab', 'ab'])
    expect(seen.bodyLimit).toEqual(['ERR_AMBISYNC_TIMEOUT', true])
  })

  it('what is aborted, cancelled or forgotten is closed', () => {
    expect(seen.signals).toEqual(['enough', 'enough'])
    expect(seen.cancelled).toBe('AbortError')
    expect(seen.forgotten).toBe(200)
  })
})

it(`by awaiting, on ${perCall}, both forms send and fail alike`, async () => {
  const seen = (await runProgram('awaiting', perCall)) as { bodies: object; refused: [string, string, boolean][] }
  expect(seen.bodies).toMatchObject({ iterable: ['ab', 'ab'], blob: ['ab', 'ab'], forms: [true, true] })
  expect(seen.refused.map(([, , isSame]) => isSame)).toEqual(seen.refused.map(() => true))
}, 70_000)
