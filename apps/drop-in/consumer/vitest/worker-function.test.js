import { fileURLToPath } from 'node:url'
import { Linter } from 'eslint'
import prettier from 'eslint-plugin-prettier'
import { createSyncFn } from 'synckit'
import { afterEach, expect, it, vi } from 'vitest'

const worker = new URL('../worker.cjs', import.meta.url)
const call = createSyncFn(worker)

afterEach(() => {
  vi.useRealTimers()
})

it('gives what the worker does, of this realm or none', () => {
  const { list, date, map, bytes } = call('plain')
  expect(list).toEqual([1, { a: 'b' }])
  expect(date.getTime()).toBe(0)
  expect(map.get('a')).toBe(1)
  expect([...bytes]).toEqual([1, 2])
})

it('throws with what the error has on it', () => {
  let error
  try {
    call('fail')
  } catch (caught) {
    error = caught
  }
  expect(error).toBeInstanceOf(SyntaxError)
  expect(error).toMatchObject({ codeFrame: '> 1 | a b', loc: { start: { line: 1, column: 2 } } })
})

it('is the same function for the same worker', () => {
  expect(createSyncFn(fileURLToPath(worker))).toBe(call)
})

it('blocks although timers are not the real ones', () => {
  vi.useFakeTimers()
  expect(call('sleep', 20)).toBe('slept')
})

it('a call whose time is up throws although timers are not the real ones', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'Date', 'performance'] })
  vi.resetModules()
  const { createSyncFn } = await import('synckit')
  expect(() => createSyncFn(new URL('../worker.cjs?limited', import.meta.url), 200)('never')).toThrow()
})

it('eslint-plugin-prettier reports what prettier would change', () => {
  const rules = { 'prettier/prettier': ['error', { singleQuote: true }] }
  const messages = new Linter().verify('const a = "b"', [{ plugins: { prettier }, rules }])
  expect(messages.map(({ message }) => message)).toEqual(['Replace `"b"` with `\'b\';⏎`'])
})
