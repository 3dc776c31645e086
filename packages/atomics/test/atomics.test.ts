import { atomics } from '@ambisync/atomics'
import { runProgram as run } from '@ambisync/conformance/run-program'
import { describe, expect, it } from 'vitest'

const runProgram = (name: string): Promise<unknown> => run(new URL(`./programs/${name}.js`, import.meta.url))

describe('options', () => {
  it('are passed on to the worker, but that of the rings', async () => {
    expect(await runProgram('options')).toEqual({
      isMainThread: false,
      workerData: { some: ['data'] },
      argv: ['--flag'],
      execArgv: ['--no-warnings'],
      env: { ONLY: 'this' },
    })
  })

  it('that there are not are named', () => {
    expect(() => atomics({ eval: true } as never)).toThrow(/"eval" is not an option of atomics.*name, env.*ringSize/)
    expect(() => atomics('name' as never)).toThrow(TypeError)
  })

  it.each([0, 1_000, 512, 2 ** 31, 2 ** 20 + 1, -1_024, Number.NaN, 1_024.5])(
    'a ring of %d bytes is refused',
    (ringSize) => {
      const refused = `ringSize must be a power of two from 1024 to 1073741824, not ${ringSize}`
      expect(() => atomics({ ringSize })).toThrow(new RangeError(refused))
    },
  )

  it.each(['1024', null, 1_024n, {}])('a ring of %o is refused', (ringSize) => {
    expect(() => atomics({ ringSize: ringSize as never })).toThrow(TypeError)
  })

  it.each([1_024, 2 ** 30, undefined])('a ring of %d bytes is taken', (ringSize) => {
    expect(atomics({ ringSize }).name).toBe('atomics')
  })
})

describe('through a ring of 1,024 bytes', () => {
  it('go values of any size, both ways at once and in every mode', async () => {
    expect(await runProgram('both-ways')).toBe(0)
  })

  it('goes the whole of an answer whose loop ends at once', async () => {
    expect(await runProgram('last-words')).toEqual([])
  })
})

it('an answer that is nested too deeply for the caller fails its own call, and the loop goes on', async () => {
  const refused = {
    name: 'SerializationError',
    message: expect.stringMatching(/the answer could not be read.*too deeply/),
  }
  expect(await runProgram('too-deep')).toEqual([1, refused, 0, refused, 2])
})

it('a call that is nested too deeply for the loop fails alone: those after it are still what they are called', async () => {
  expect(await runProgram('missed-names')).toEqual(['SerializationError', 'echoed', [], 1])
})
