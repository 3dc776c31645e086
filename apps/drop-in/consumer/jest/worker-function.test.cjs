const { createSyncFn } = require('synckit')

const call = createSyncFn(require.resolve('../worker.cjs'))

it('gives what the worker does, of this realm or none', () => {
  const { list, date, map, bytes } = call('plain')
  expect(list).toEqual([1, { a: 'b' }])
  expect(date.getTime()).toBe(0)
  expect(map.get('a')).toBe(1)
  expect([...bytes]).toEqual([1, 2])
})

it('throws with what the error has on it', () => {
  expect(() => call('fail')).toThrow('Unexpected token (1:2)')
  try {
    call('fail')
  } catch (error) {
    expect(error.name).toBe('SyntaxError')
    expect(error.codeFrame).toBe('> 1 | a b')
    expect(error.loc).toEqual({ start: { line: 1, column: 2 } })
  }
})

it('is the same function for the same worker', () => {
  expect(createSyncFn(require.resolve('../worker.cjs'))).toBe(call)
})

it('blocks although timers are not the real ones', () => {
  jest.useFakeTimers()
  try {
    expect(call('sleep', 20)).toBe('slept')
    expect(call('echo', 1)).toBe(1)
  } finally {
    jest.useRealTimers()
  }
})
