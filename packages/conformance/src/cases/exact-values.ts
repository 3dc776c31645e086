import { SerializationError } from '@ambisync/core'
import { assert } from 'chai'
import { type Case, ownRealm } from '../case.ts'
import { difference } from '../exact-equal.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { startTasks } from '../tasks.ts'

const kinds = [
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'DataView'],
]

/** A view of some bytes in the middle of a buffer, of every kind that this runtime has. */
function viewsOf(buffer: ArrayBuffer): ArrayBufferView[] {
  return kinds.flatMap((kind) => {
    const View: unknown = Reflect.get(globalThis, kind)
    return typeof View === 'function' ? [Reflect.construct(View, [buffer, 8, 2]) as ArrayBufferView] : []
  })
}

function sparse(): unknown[] {
  const list: unknown[] = []
  list[2] = 'two'
  list[1_000_000] = undefined
  return Object.assign(list, { extra: -0, '01': 'no index' })
}

function cycles(): unknown {
  const map = new Map<unknown, unknown>()
  const set = new Set<unknown>([map])
  const list: unknown[] = [set, map]
  map.set(map, list).set(list, set)
  set.add(set)
  return { map, set, list, again: list }
}

function polluting(): unknown {
  const text =
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}, "list": [{"__proto__": 3}]}'
  return {
    data: JSON.parse(text),
    beside: new URL('https://example.org/'),
    error: Object.assign(new Error('e'), { extra: JSON.parse(text), stack: 'made here' }),
  }
}

const values: Readonly<Record<string, () => unknown>> = {
  'numbers that are easily lost': () => [-0, 0, Number.NaN, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, 2 ** 53],
  'text that is easily lost': () => ['\ud800', '\udc00a', 'a\0', '\ufeff', new Map([['\ud800', '\udfff']])],
  bigints: () => [0n, -1n, 2n ** 64n, -(2n ** 200n)],
  'holes, extra properties and a distant index': sparse,
  'typed arrays of every kind on one buffer': () => viewsOf(new Uint8Array(40).map((_, index) => index * 7).buffer),
  'a Buffer and a Uint8Array on one buffer': () => {
    const { buffer } = new Uint8Array([1, 2, 3, 4])
    return [globalThis.Buffer?.from(buffer, 1, 2) ?? new Uint8Array(buffer, 1, 2), new Uint8Array(buffer), buffer]
  },
  'dates, also invalid ones': () => [new Date(0), new Date(Number.NaN), new Date(8.64e15)],
  'boxed primitives': () => [Object(1), Object(-0), Object('text'), Object(true), Object(2n)],
  'cycles through Maps, Sets and arrays': cycles,
  'cycles with what is replaced': () => {
    const url = new URL('https://example.org/')
    const error = Object.assign(new Error('cyclic'), { self: undefined as unknown, map: new Map<unknown, unknown>() })
    error.self = { error, list: [url, error] }
    error.map.set(error, url).set(url, error.map)
    error.cause = error
    error.stack = 'made here'
    return { error, url }
  },
  'an own key named __proto__, beside what is replaced': polluting,
  'keys that look like members': () => ({ constructor: 1, hasOwnProperty: 2, toJSON: 4, '': 5, 'a.b': 6 }),
  'many that are replaced in one Map': () => {
    const list = Array.from({ length: 500 }, (_, index) => new URL(`https://example.org/${index}`))
    return new Map(list.map((url, index) => [url, list[499 - index]]))
  },
}

export const exactValues: readonly Case[] = [
  ...Object.entries(values).flatMap(([name, make]) =>
    inEachMode(`values: exact there and back: ${name}`, {}, async (context, mode) => {
      const value = make()
      const { echo, throwValue } = startTasks(context)
      assert.isUndefined(difference(await call(echo, mode, value), value))
      // In the property of an error, which goes another way.
      const held = { error: Object.assign(new Error('with it'), { value }) }
      assert.isUndefined(difference(await thrownBy(throwValue, mode, held), held))
      assert.isUndefined(difference(value, make()), "the caller's own is as it was")
      assert.notProperty({}, 'polluted')
    }),
  ),
  ...inEachMode(
    'values: nothing pollutes prototypes on the other side, in callbacks neither',
    { callbacks: true },
    async (context, mode) => {
      const { mapSync, isPolluted } = startTasks(context)
      const [seen] = (await call(mapSync, mode, [polluting()], (value: unknown) => {
        assert.notProperty({}, 'polluted')
        return value
      })) as unknown[]
      assert.deepEqual(Object.keys((seen as { data: object }).data), ['__proto__', 'constructor', 'list'])
      assert.isFalse(await call(isPolluted, mode))
      assert.notProperty({}, 'polluted')
    },
  ),
  ...inEachMode('values: a regular expression arrives at its beginning', ownRealm, async (context, mode) => {
    const expression = /a/g
    expression.lastIndex = 5
    const answer = (await call(startTasks(context).echo, mode, expression)) as RegExp
    assert.isUndefined(difference(answer, expression))
    assert.strictEqual(answer.lastIndex, 0)
  }),
  ...inEachMode('values: shared memory stays shared', { runsOn: 'worker thread' }, async (context, mode) => {
    const shared = new Int32Array(new SharedArrayBuffer(8))
    const answer = (await call(startTasks(context).echo, mode, { shared, url: new URL('https://example.org/') })) as {
      shared: Int32Array
    }
    answer.shared[1] = 42
    assert.strictEqual(shared[1], 42)
  }),
  ...inEachMode('values: a symbol is refused wherever it stands', ownRealm, async (context, mode) => {
    const { echo } = startTasks(context)
    const refused: readonly (readonly [value: unknown, path: RegExp])[] = [
      [Symbol('s'), /args\[0\] is a symbol/],
      [Object(Symbol('s')), /args\[0\] is a Symbol/],
      [{ url: new URL('https://example.org/'), deep: [Symbol('s')] }, /args\[0\]\.deep\[0\] is a symbol/],
      [Object.assign(new Error('e'), { tag: Symbol('s') }), /args\[0\]\.tag is a symbol/],
      [new Map([[new URL('https://example.org/'), () => {}]]), /args\[0\].* is a function/],
    ]
    for (const [value, path] of refused) {
      const error = await thrownBy(echo, mode, value)
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, path)
    }
    assert.strictEqual(await call(echo, mode, 'next'), 'next')
  }),
]
