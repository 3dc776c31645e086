/** In Jest, a test runs in a realm of its own. What synckit throws and returns is of Node.js's. */
const { createSyncFn } = require('@ambisync/synckit')

const call = createSyncFn(require.resolve('../worker.cjs'))

it('errors are instances of the classes of the test', () => {
  let error
  try {
    call('fail')
  } catch (caught) {
    error = caught
  }
  expect(error).toBeInstanceOf(SyntaxError)
  expect(error).toBeInstanceOf(Error)
  expect(error.cause).toBeInstanceOf(RangeError)
  expect(error.stack).toContain('worker.cjs')
  expect(error.stack).toContain('realm.test.cjs')
})

it('results are plain', () => {
  expect(call('plain').list).toStrictEqual([1, { a: 'b' }])
  expect(call('plain')).toMatchObject({ date: new Date(0), map: new Map([['a', 1]]) })
})

it('a time limit is an error, and the next call works', () => {
  const limited = createSyncFn(require.resolve('../worker.cjs'), 300)
  expect(() => limited('never')).toThrow(expect.objectContaining({ code: 'ERR_AMBISYNC_TIMEOUT' }))
  expect(limited('echo', 2)).toBe(2)
})
