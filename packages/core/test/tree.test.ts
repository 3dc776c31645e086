import { describe, expect, it } from 'vitest'
import { countTree, notATree } from '../src/tree.ts'

/** `[1, <empty>, 3]` */
function withHole(): unknown[] {
  const array: unknown[] = [1, 2, 3]
  delete array[1]
  return array
}

describe('a tree', () => {
  it.each<[number, object]>([
    [1, {}],
    [1, []],
    [3, [{ a: undefined }, [null, true, 1.5, 'text']]],
    [1, { text: 'a\ufeff' }],
  ])('of %d objects: %o', (count, value) => {
    expect(countTree(value)).toBe(count)
  })

  const twice = {}
  it.each<[string, object]>([
    ['a hole', withHole()],
    ['a hole, and a property in its place', Object.assign(withHole(), { x: 5 })],
    ['a property of an array', Object.assign([1], { x: 1 })],
    ['one object in two places', [twice, twice]],
    ['-0', [-0]],
    ['a lone surrogate', ['\ud800']],
    ['a lone surrogate in a key', { '\ud800': 1 }],
    ['a byte order mark at the beginning', ['\ufefftext']],
    ['a byte order mark at the beginning of a key', { '\ufeffkey': 1 }],
    ['a key that means something', JSON.parse('{"__proto__":1}')],
    ['a function', [() => 1]],
    ['a date', [new Date(0)]],
    ['an object without a prototype', Object.create(null)],
    ['an instance', new (class {})()],
  ])('has no %s', (_, value) => {
    expect(countTree(value)).toBe(notATree)
  })
})
