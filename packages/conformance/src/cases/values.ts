import { NotSupportedError, SerializationError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { bufferOf, isBufferOrNone } from '../bytes.ts'
import { type Case, ownRealm } from '../case.ts'
import { call, inEachMode, outcomeOf, thrownBy } from '../modes.ts'
import { startTasks } from '../tasks.ts'

interface Shape {
  first: object
  second: object
  self?: Shape
}

// Index 1 is a hole.
const sparse: number[] = Object.assign([], { 0: 1, 2: 3 })

const values: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  'minus zero': () => -0,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  bigint: () => 2n ** 100n,
  'empty string': () => '',
  'string with every kind of character': () => 'a\0é€😀\u2028',
  'lone surrogate': () => '\ud800',
  'long string': () => 'x'.repeat(100_000),
  'nested object': () => ({ a: { b: [{ c: null }, 'd'] } }),
  'empty array': () => [],
  'sparse array': () => sparse,
  date: () => new Date(1_700_000_000_000),
  'invalid date': () => new Date(Number.NaN),
  regexp: () => /a(b)?/giu,
  map: () => new Map<unknown, unknown>([['k', new Map([[{ key: 1 }, 2]])]]),
  set: () => new Set([1, 'a', Number.NaN]),
  bytes: () => new Uint8Array([0, 1, 255]),
  'a view of a larger buffer': () => new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3),
  'typed array of doubles': () => new Float64Array([0.1, -0, Number.NaN]),
  'array buffer': () => new Uint8Array([9, 8, 7]).buffer,
  '1 MB of bytes': () => new Uint8Array(1 << 20).fill(7),
  '1,000 objects': () => Array.from({ length: 1_000 }, (_, id) => ({ id, name: `name ${id}` })),
  'an own key named __proto__': () => JSON.parse('{"__proto__": {"polluted": true}}'),
}

export const valueCases: readonly Case[] = [
  ...Object.entries(values).flatMap(([name, make]) =>
    inEachMode(`values: ${name} goes there and back`, {}, async (context, mode) => {
      const value = make()
      const answer = await call(startTasks(context).echo, mode, value)
      assert.deepEqual(answer, value)
      assert.strictEqual(Object.is(answer, -0), Object.is(value, -0))
    }),
  ),
  ...inEachMode(
    'values: Buffer, URL, URLSearchParams, Headers and errors arrive as themselves, wherever they stand',
    {},
    async (context, mode) => {
      const { echo, failWithValue } = startTasks(context)
      const url = new URL('https://example.org/a?b=c#d')
      const search = new URLSearchParams([
        ['a', '1'],
        ['a', '2'],
      ])
      const headers = new Headers({ 'x-one': '1', accept: 'text/plain' })
      const error = Object.assign(new RangeError('as a value', { cause: new TypeError('why') }), { code: 'E_VALUE' })
      const value = {
        url,
        again: [url],
        map: new Map<unknown, unknown>([
          ['first', 1],
          [search, headers],
          ['last', error],
        ]),
        set: new Set<unknown>([1, headers, 2]),
        bytes: bufferOf('bytes'),
      }
      const answer = (await call(echo, mode, value)) as typeof value
      assert.instanceOf(answer.url, URL)
      assert.equal(answer.url.href, url.href)
      assert.strictEqual(answer.again[0], answer.url, 'one object stays one')
      const [, [key, inMap] = [], [, failure] = []] = [...answer.map]
      assert.equal(String(key), 'a=1&a=2')
      assert.deepEqual([...(inMap as Headers)], [...headers])
      assert.instanceOf(failure, RangeError)
      assert.propertyVal(failure, 'code', 'E_VALUE')
      assert.instanceOf((failure as Error).cause, TypeError)
      const [one, inSet, two] = [...answer.set]
      assert.deepEqual([one, two], [1, 2])
      assert.deepEqual([...(inSet as Headers)], [...headers])
      assert.isTrue(isBufferOrNone(answer.bytes))
      assert.equal(new TextDecoder().decode(answer.bytes), 'bytes')
      assert.equal(String(await call(echo, mode, url)), url.href, 'by itself')
      assert.instanceOf(await call(failWithValue, mode, error), RangeError)
    },
  ),
  ...inEachMode(
    'values: what would arrive as an empty object is refused by its path, both ways',
    ownRealm,
    async (context, mode) => {
      const { all, emptied, echo } = startTasks(context)
      const { signal } = new AbortController()
      const refused: readonly (readonly [value: unknown, path: RegExp])[] = [
        [{ signal }, /args\[0\]\.signal is an AbortSignal/],
        [[new Response('body')], /args\[0\]\[0\] is a Response/],
        [new Map([['form', new FormData()]]), /args\[0\].* is a FormData/],
      ]
      for (const [value, path] of refused) {
        const error = await thrownBy(all, mode, value)
        assert.instanceOf(error, SerializationError)
        assert.match(error.message, path)
      }
      assert.match(String(await thrownBy(emptied, mode)), /result\.signal is an AbortSignal/)
      assert.equal(await call(echo, mode, 'next'), 'next')
    },
  ),
  ...inEachMode('values: a hole stays a hole', {}, async (context, mode) => {
    const answer = await call(startTasks(context).echo, mode, sparse)
    assert.notProperty(answer, '1')
    assert.lengthOf(answer as unknown[], 3)
  }),
  ...inEachMode('values: cycles and shared references keep their shape', {}, async (context, mode) => {
    const shared = { name: 'shared' }
    const cyclic: Shape = { first: shared, second: shared }
    cyclic.self = cyclic
    const answer = (await call(startTasks(context).echo, mode, cyclic)) as Shape
    assert.strictEqual(answer.self, answer)
    assert.strictEqual(answer.first, answer.second)
  }),
  ...inEachMode('values: nothing leaks into prototypes', {}, async (context, mode) => {
    await call(startTasks(context).echo, mode, JSON.parse('{"__proto__": {"polluted": true}}'))
    assert.notProperty({}, 'polluted')
  }),
  ...inEachMode("values: the caller's own value is not changed by the task", ownRealm, async (context, mode) => {
    const value = { list: [1], bytes: new Uint8Array([7]) }
    const answer = (await call(startTasks(context).echo, mode, value)) as typeof value
    answer.list.push(2)
    answer.bytes[0] = 8
    assert.deepEqual(value, { list: [1], bytes: new Uint8Array([7]) })
  }),
  ...inEachMode('values: what a task returns stays its own', {}, async (context, mode) => {
    const { sameBytes } = startTasks(context)
    for (const time of [1, 2])
      assert.deepEqual([...((await call(sameBytes, mode)) as Uint8Array)], [1, 2, 3], `${time}`)
  }),
  ...inEachMode('values: an argument that cannot be cloned is named by its path', ownRealm, async (context, mode) => {
    const { echo, all } = startTasks(context)
    const refused: readonly (readonly [args: unknown[], path: RegExp])[] = [
      [[{ user: { save() {} } }], /args\[0\]\.user\.save is a function/],
      [[1, [2, { 'not an identifier': Symbol('s') }]], /args\[1\]\[1\]\["not an identifier"\] is a symbol/],
      [[new Map([['key', { deep: new WeakMap() }]])], /args\[0\]\.get\("key"\)\.deep is a WeakMap/],
      [[new Set([1, { promise: Promise.resolve() }])], /\[\.\.\.args\[0\]\]\[1\]\.promise is a Promise/],
      [[Symbol('top')], /args\[0\] is a symbol/],
    ]
    for (const [args, path] of refused) {
      const error = await thrownBy(all, mode, ...args)
      assert.instanceOf(error, SerializationError)
      assert.equal(error.code, 'ERR_AMBISYNC_SERIALIZATION')
      assert.match(error.message, path)
    }
    assert.equal(await blocking(() => echo.sync('next')), 'next')
  }),
  ...inEachMode(
    'values: a cyclic value with a part that cannot be cloned is named, both ways',
    ownRealm,
    async (context, mode) => {
      const { all, cyclicUnclonable, echo } = startTasks(context)
      const cyclic: { self?: unknown; list: unknown[] } = { list: [1] }
      cyclic.self = cyclic
      cyclic.list.push(cyclic, { deep: { save() {} } })
      const argument = await thrownBy(all, mode, cyclic)
      assert.match(String(argument), /args\[0\]\.list\[2\]\.deep\.save is a function/)
      assert.match(String(await thrownBy(cyclicUnclonable, mode)), /result\.self\.save|result\.save is a function/)
      assert.equal(await blocking(() => echo.sync('next')), 'next')
    },
  ),
  ...inEachMode(
    'values: nested too deeply for a stack fails its call, and the next one works',
    ownRealm,
    async (context, mode) => {
      const { nested, echo } = startTasks(context)
      // Somewhere on the way from one thread to the other it is too deep for one of them, whichever has less stack.
      for (const depth of [5_000, 20_000]) {
        const outcome = await outcomeOf(nested, mode, depth)
        if (outcome.kind === 'throw') {
          assert.match(String(outcome.error) + String((outcome.error as Error).cause), /nested too deeply|call stack/)
        }
        assert.equal(await call(echo, mode, 'next'), 'next')
      }
      let argument: unknown = 0
      for (let depth = 0; depth < 200_000; depth++) argument = [argument]
      assert.match(String(await thrownBy(echo, mode, argument)), /args cannot be cloned: it is nested too deeply/)
      assert.equal(await call(echo, mode, 'next'), 'next')
    },
  ),
  ...inEachMode(
    'values: a getter that throws is told with its own error as the cause',
    ownRealm,
    async (context, mode) => {
      const value = {
        get broken(): never {
          throw new RangeError('from the getter')
        },
      }
      const { all, echo } = startTasks(context)
      const error = await thrownBy(all, mode, { value })
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, /args\[0\]\.value/)
      assert.instanceOf(error.cause, RangeError)
      assert.equal(await blocking(() => echo.sync('next')), 'next')
    },
  ),
  ...inEachMode(
    'values: a result that cannot be cloned is named by its path, and the loop goes on',
    ownRealm,
    async (context, mode) => {
      const { unclonable, echo } = startTasks(context)
      const error = await thrownBy(unclonable, mode)
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, /unclonable.*result\.list\[1\]\.save is a function/)
      assert.equal(await blocking(() => echo.sync('next')), 'next')
    },
  ),
  ...inEachMode(
    'values: a callback is refused where callbacks are not declared',
    { callbacks: undefined },
    async (context, mode) => {
      const { all, echo } = startTasks(context)
      for (const args of [[() => 1], [{ onProgress() {} }]]) {
        const error = await thrownBy(all, mode, ...args)
        assert.instanceOf(error, NotSupportedError)
        assert.equal(error.code, 'ERR_AMBISYNC_NOT_SUPPORTED')
        assert.match(error.message, /callbacks.*args\[0\]/)
      }
      assert.equal(await blocking(() => echo.sync('next')), 'next')
    },
  ),
  ...inEachMode(
    'values: a generator is refused where streams are not declared',
    { streams: undefined },
    async (context, mode) => {
      const { countTo, echo } = startTasks(context)
      const error = await thrownBy(countTo as never, mode, 3)
      assert.instanceOf(error, NotSupportedError)
      assert.match(error.message, /countTo.*streams/)
      assert.equal(await blocking(() => echo.sync('next')), 'next')
    },
  ),
]
