/** With fake timers from the start, and a time limit. */
jest.useFakeTimers()

const { createSyncFn } = require('synckit')

const worker = require.resolve('../worker.cjs')

it('a call returns', () => {
  expect(createSyncFn(worker, 60_000)('sleep', 20)).toBe('slept')
})

it('a call whose time is up throws', () => {
  jest.resetModules()
  const limited = require('synckit').createSyncFn(worker, 200)
  expect(() => limited('never')).toThrow()
})
