import { deepEqual } from 'node:assert/strict'
import { decodeClone, encodeClone } from '@ambisync/node/clone'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isJson } from '../src/is-json.ts'
import { idOf, jobIdOf } from '../src/job-id.ts'

const anything = fc.anything({
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withBigInt: true,
  withBoxedValues: true,
  withObjectString: true,
})

it('JSON is taken for what comes back from it as from structured clone, and for nothing else', () => {
  const property = fc.property(anything, (value) => {
    if (!isJson(value)) return
    deepEqual(JSON.parse(JSON.stringify(value)), decodeClone(encodeClone(value)))
  })
  fc.assert(property, { numRuns: 20_000 })
})

it('all that JSON itself can say is taken for it', () => {
  const isPlain = (text: string): boolean => !/"__proto__"|"toJSON"|-0[^.\d]|-0$/.test(text)
  const property = fc.property(fc.json().filter(isPlain), (text) => {
    expect(isJson(JSON.parse(text))).toBe(true)
  })
  fc.assert(property, { numRuns: 2_000 })
})

it.each<[string, unknown]>([
  ['undefined', undefined],
  ['undefined in an array', [undefined]],
  ['-0', [-0]],
  ['NaN', { a: Number.NaN }],
  ['a bigint', 1n],
  ['a hole', new Array(1)],
  ['an array with a property besides', Object.assign([1], { more: 2 })],
  ['a hole, and a property besides', Object.assign(new Array(1), { more: 2 })],
  ['a key __proto__', JSON.parse('{"__proto__": 1}')],
  ['a key toJSON', { toJSON: 1 }],
  ['a null prototype', Object.create(null)],
  ['a class', new (class Point {})()],
  ['an array of a class', new (class List extends Array {})()],
  ['a Date', new Date(0)],
  ['bytes', new Uint8Array(1)],
  ['what is in two places', (([part]) => [part, part])([{}])],
  [
    'a cycle',
    (() => {
      const cycle: unknown[] = []
      cycle.push(cycle)
      return cycle
    })(),
  ],
  ['what is deep', Array.from({ length: 10_000 }).reduce((inner) => [inner], 1)],
])('JSON is not taken for %s', (_, value) => {
  expect(isJson(value)).toBe(false)
})

it('every id is that of its job, and of no other', () => {
  const ids = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 })
  const number = fc.integer().map(String)
  const property = fc.property(fc.oneof(ids, number, fc.constantFrom('#1', '%231', '0', '-0', '007')), (id) => {
    const jobId = jobIdOf(id)
    expect(idOf(jobId)).toBe(id)
    // What BullMQ refuses.
    expect(jobId).not.toContain(':')
    expect(jobId).not.toMatch(/^-?\d+$/)
  })
  fc.assert(property, { numRuns: 5_000 })
})

it('of a job that is no call, the id is its own', () => {
  expect(idOf('%E0%A4%A')).toBe('%E0%A4%A')
})
