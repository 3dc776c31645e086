import { describe, expect, it } from 'vitest'
import { difference } from '../src/exact-equal.ts'

const shared = {}
const cyclic = (): unknown[] => {
  const list: unknown[] = []
  list.push(list)
  return list
}
const withHole = (): unknown[] => Object.assign([], { 1: 1 })

const different: Readonly<Record<string, readonly [actual: unknown, expected: unknown, path: string]>> = {
  'minus zero': [{ a: [0] }, { a: [-0] }, 'value.a.0'],
  'a hole': [[undefined, 1], withHole(), 'value has the properties'],
  'a class': [new Map(), new Set(), 'value is of the class Map'],
  'a prototype': [Object.create(null), {}, 'value is of the class'],
  'the order of properties': [{ b: 1, a: 1 }, { a: 1, b: 1 }, 'value has the properties'],
  'being enumerable': [Object.defineProperty({}, 'a', { value: 1 }), { a: 1 }, 'value.a is enumerable'],
  'one object where there should be two': [[shared, shared], [{}, {}], 'value.1 is not the same'],
  'two objects where there should be one': [[{}, {}], [shared, shared], 'value.1 is not the same'],
  'no cycle': [[[]], cyclic(), 'value.0 is not the same'],
  'another entry of a Map': [new Map([[1, 2]]), new Map([[1, 3]]), 'parts(value)[1]'],
  'the order of a Set': [new Set([1, 2]), new Set([2, 1]), 'parts(value)[0]'],
  'another date': [new Date(1), new Date(Number.NaN), 'parts(value)[0]'],
  'other bytes': [new Uint8Array([1]), new Uint8Array([2]), 'parts(parts(value)[2])[0]'],
  'another offset': [
    new Uint8Array(new ArrayBuffer(4), 0, 2),
    new Uint8Array(new ArrayBuffer(4), 1, 2),
    'parts(value)[0]',
  ],
  'a Buffer that is none': [new Uint8Array(1), Buffer.alloc(1), 'value is of the class Uint8Array'],
  'another message': [new Error('a'), new Error('b'), 'value.'],
  'a cause that is missing': [new Error('a'), new Error('a', { cause: undefined }), 'value has the properties'],
  'another URL': [new URL('https://a.org'), new URL('https://b.org'), 'parts(value)[0]'],
  'a boxed number': [Object(1), Object(2), 'parts(value)[0]'],
  'other flags': [/a/g, /a/i, 'parts(value)[1]'],
}

describe('difference', () => {
  it.each(Object.keys(different))('sees %s', (name) => {
    const [actual, expected, path] = different[name] ?? [0, 0, '']
    expect(difference(actual, expected)).toContain(path)
  })

  it('sees hidden state, where it is told of it', () => {
    class Hidden {
      readonly #state: unknown
      constructor(state: unknown) {
        this.#state = state
      }
      static of(value: object): unknown {
        return value instanceof Hidden ? [value.#state] : undefined
      }
    }
    expect(difference(new Hidden(1), new Hidden(2), Hidden.of)).toBe('hidden(value).0 is 1 and should be 2')
    expect(difference(new Hidden(1), new Hidden(1), Hidden.of)).toBeUndefined()
  })

  const same: Readonly<Record<string, () => unknown>> = {
    NaN: () => Number.NaN,
    'a hole': withHole,
    'a cycle': cyclic,
    'a Map': () => new Map([[cyclic(), { a: -0 }]]),
    'an invalid date': () => new Date(Number.NaN),
    'an own __proto__': () => JSON.parse('{"__proto__":1}'),
    'a typed array': () => new BigInt64Array([1n]),
  }
  it.each(Object.entries(same))('finds none in %s', (_, make) => {
    expect(difference(make(), make())).toBeUndefined()
  })
})
