import { type Loop, registerClass, SerializationError, type Tasks } from '@ambisync/core'
import { assert } from 'chai'
import { hiddenState } from '../arbitrary-values.ts'
import { blocking } from '../blocking.ts'
import { bufferOf } from '../bytes.ts'
import { type Case, type CaseContext, ownRealm } from '../case.ts'
import { difference } from '../exact-equal.ts'
import {
  Box,
  CallerOnly,
  CallerOnlyCoded,
  CallerOnlyError,
  constructedHere,
  HttpError,
  IssueError,
  Money,
  Moody,
  Point,
  Registry,
  registerAt,
  Unregistered,
  whileDecoding,
} from '../fixtures/classes.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { fixture } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

registerAt('caller')

type ClassTasks = Tasks<typeof import('../fixtures/class-tasks.js')>

function startTasks(context: CaseContext): ClassTasks {
  return loadTasks(context.startLoop())
}

function loadTasks(loop: Loop): ClassTasks {
  return loop.load<typeof import('../fixtures/class-tasks.js')>(fixture(loop, 'class-tasks'))
}

/** The refusals of classes that only one end knows all say what and where. */
function assertRefused(error: unknown, ...parts: readonly RegExp[]): void {
  assert.instanceOf(error, SerializationError)
  for (const part of parts) assert.match(error.message, part)
}

const givesBack = ['giveBack', 'giveBackSync'] as const

export const registeredClasses: readonly Case[] = [
  ...inEachMode(
    'classes: an instance arrives as one at both ends, without its constructor',
    ownRealm,
    async (context, mode) => {
      const { measure, echo } = startTasks(context)
      const point = new Point(3, 4, new URL('https://example.org/'))
      assert.deepEqual(await call(measure, mode, point), { isPoint: true, length: 5, constructed: 0 })
      const before = constructedHere()
      const answer = await call(echo, mode, point)
      assert.strictEqual(constructedHere(), before)
      assert.instanceOf(answer, Point)
      assert.isUndefined(difference(answer, point))
    },
  ),
  ...inEachMode('classes: wherever they stand, shared and in cycles', {}, async (context, mode) => {
    const point = new Point(1, 2)
    const money = new Money(7)
    point.mark = { back: point, map: new Map<unknown, unknown>([[point, money]]) }
    const registry = new Registry([['point', point]])
    const value = [point, new Set([money, point]), { money, registry }, new Map([[money, registry]])] as const
    const answer = (await call(startTasks(context).echo, mode, value)) as typeof value
    assert.isUndefined(difference(answer, value, (each) => (each instanceof Money ? { cents: each.cents } : undefined)))
    assert.strictEqual(answer[2].registry.names, 'point')
  }),
  ...inEachMode('classes: a codec brings private state across', {}, async (context, mode) => {
    const { addUp, echo } = startTasks(context)
    const sum = await call(addUp, mode, [new Money(1), new Money(2)])
    assert.instanceOf(sum, Money)
    assert.strictEqual(sum.cents, 3)
    assert.strictEqual(((await call(echo, mode, new Money(5))) as Money).cents, 5)
  }),
  ...inEachMode('classes: what a codec gives may hold whatever crosses', {}, async (context, mode) => {
    const { echo } = startTasks(context)
    const shared = { list: [1] }
    const inner = new Box([new URL('https://example.org/'), bufferOf('bytes'), new Money(1), new Point(1, 2)])
    const value = {
      shared,
      box: new Box({ inner, shared, error: new HttpError('within', 404) }),
      direct: new Box(inner),
    }
    const answer = await call(echo, mode, value)
    const hidden = (each: object): unknown => (each instanceof Box ? { in: each.content } : undefined)
    assert.isUndefined(difference(answer, value, hidden))
    const nested = new Box(new Box(bufferOf('b')))
    assert.isUndefined(difference(await call(echo, mode, nested), nested, hidden))
  }),
  ...inEachMode("classes: the caller's own value is as it was", {}, async (context, mode) => {
    const url = new URL('https://example.org/')
    const money = new Money(1)
    const value = { money, list: [url], map: new Map([[money, url]]), set: new Set([url]) }
    await call(startTasks(context).echo, mode, value)
    assert.isUndefined(difference(value, { money, list: [url], map: new Map([[money, url]]), set: new Set([url]) }))
    assert.strictEqual(value.list[0], url)
    assert.strictEqual(value.money, money)
  }),
  ...inEachMode('classes: a registered error comes back as itself, wherever it stands', {}, async (context, mode) => {
    const { throwIt, throwNew, echo } = startTasks(context)
    const made = await thrownBy(throwNew, mode, 'HttpError', 'gone', 410, { reason: new Money(1) })
    assert.instanceOf(made, HttpError)
    assert.strictEqual(Object.getPrototypeOf(made), HttpError.prototype)
    assert.isTrue(made.isClientError)
    assert.propertyVal(made, 'status', 410)
    assert.instanceOf((made.details as { reason: unknown }).reason, Money)
    const error = new HttpError('missing', 404, new URL('https://example.org/'))
    const thrown = (await thrownBy(throwIt, mode, error)) as HttpError
    const expected = { message: 'missing', status: 404, isClientError: true }
    assert.deepEqual(pictureOf(thrown), expected)
    assert.strictEqual(String(thrown.details), 'https://example.org/')
    assert.deepEqual(pictureOf(((await thrownBy(throwIt, mode, error, 'cause')) as Error).cause), expected)
    assert.deepEqual(
      pictureOf(((await thrownBy(throwIt, mode, error, 'errors')) as AggregateError).errors[0]),
      expected,
    )
    assert.isUndefined(difference(await call(echo, mode, error), error))
  }),
  ...inEachMode('classes: what an error has from its class is not made a property of it', {}, async (context, mode) => {
    const { echo } = startTasks(context)
    const error = new IssueError(['too young'])
    const answer = await call(echo, mode, error)
    assert.instanceOf(answer, IssueError)
    assert.isUndefined(difference(answer, error))
    assert.strictEqual(answer.message, 'too young')
    assert.notProperty(Object.getOwnPropertyDescriptors(answer), 'message')
  }),
  ...inEachMode(
    'classes: an error that one end alone has registered falls back to the nearest class',
    ownRealm,
    async (context, mode) => {
      const { throwNew, isA, throwIt } = startTasks(context)
      const error = await thrownBy(throwNew, mode, 'TaskOnlyError', 'down', 503)
      assert.strictEqual(Object.getPrototypeOf(error), HttpError.prototype)
      assert.propertyVal(error, 'status', 503)
      const mine = new CallerOnlyError('mine', 400)
      assert.isTrue(await call(isA, mode, 'HttpError', mine))
      assert.isFalse(await call(isA, mode, 'CallerOnlyError', mine))
      assert.strictEqual(Object.getPrototypeOf(await thrownBy(throwIt, mode, mine)), HttpError.prototype)
    },
  ),
  ...inEachMode(
    'classes: a value that one end alone has registered is refused by its path',
    ownRealm,
    async (context, mode) => {
      const { echo, make } = startTasks(context)
      for (const value of [new CallerOnly(), new CallerOnlyCoded()]) {
        const what = new RegExp(`is a ${value.constructor.name}, .*not registered on the task's thread`)
        assertRefused(
          await thrownBy(echo, mode, { list: [1, value] }),
          /echo was not called/,
          /args\[0\]\.list\[1\]/,
          what,
        )
        assertRefused(await thrownBy(echo, mode, new Map([['key', value]])), /\[\.\.\.args\[0\]\]\[0\]\[1\]/, what)
        assert.strictEqual(await call(echo, mode, 'next'), 'next')
      }
      for (const name of ['TaskOnly', 'TaskOnlyCoded'] as const) {
        const what = new RegExp(`is a ${name}, .*not registered on the caller's thread`)
        assertRefused(await thrownBy(make, mode, name), /make returned/, /result\.list\[1\]/, what)
        assert.strictEqual(await call(echo, mode, 'next'), 'next')
      }
    },
  ),
  ...inEachMode('classes: an error is not lost for what it has in it', ownRealm, async (context, mode) => {
    const { throwIt, throwNew, echo } = startTasks(context)
    for (const [name, kept] of [
      ['TaskOnly', { kept: 'by the task' }],
      ['TaskOnlyCoded', 'data'],
    ] as const) {
      const error = await thrownBy(startTasks(context).throwHolding, mode, name)
      assert.instanceOf(error, HttpError)
      assert.propertyVal(error, 'status', 500)
      assert.deepEqual(error.details, kept)
      assert.match(String(error.stack), new RegExp(`${name}, .*not registered on the caller's thread`))
    }
    assertRefused(await thrownBy(throwNew, mode, 'TaskOnly'), /TaskOnly, .*not registered/)
    assert.instanceOf(await thrownBy(throwIt, mode, new Point(1, 2)), Point)
    assert.strictEqual(await call(echo, mode, 'next'), 'next')
  }),
  ...givesBack.flatMap((giveBack) =>
    inEachMode(
      `classes: callbacks and what they return obey the same rules, by ${giveBack}`,
      { ...ownRealm, callbacks: true },
      async (context, mode) => {
        const tasks = startTasks(context)
        const task = tasks[giveBack]
        const same = (value: unknown): unknown => value
        const money = new Money(3)
        assert.instanceOf(await call(task, mode, 'Point', same), Point)
        assert.strictEqual(((await call(task, mode, 'Money', () => money)) as Money).cents, 3)
        assertRefused(
          await thrownBy(task, mode, 'TaskOnly', same),
          /callback args\[1\] .* was not called/,
          /args\[0\] is a TaskOnly/,
        )
        assertRefused(await thrownBy(task, mode, 'TaskOnlyCoded', same), /callback args\[1\] .* was not called/)
        for (const value of [new CallerOnly(), new CallerOnlyCoded()]) {
          const error = await thrownBy(task, mode, 'Point', () => ({ value }))
          assertRefused(error, /callback args\[1\] .* returned/, /result\.value is a CallerOnly/)
        }
        assert.strictEqual(await call(task, mode, 'Point', () => 'next'), 'next')
      },
    ),
  ),
  ...inEachMode('classes: a codec that fails fails its call only', ownRealm, async (context, mode) => {
    const { echo, make } = startTasks(context)
    const encode = await thrownBy(echo, mode, { list: [new Moody('does not encode')] })
    assertRefused(encode, /args\[0\]\.list\[0\] is a Moody, whose encode threw RangeError: no wish to encode/)
    assert.propertyVal((encode as Error).cause, 'message', 'no wish to encode')
    assertRefused(
      await thrownBy(echo, mode, [new Moody('does not decode')]),
      /args\[0\]\[0\] is a Moody, whose decode threw .* on the task's/,
    )
    assertRefused(
      await thrownBy(echo, mode, new Moody('decodes to another')),
      /args\[0\] is a Moody, whose decode returned something else/,
    )
    assertRefused(
      await thrownBy(echo, mode, new Moody('sends a function')),
      /encode\(args\[0\]\)\.action is a function/,
    )
    assertRefused(
      await thrownBy(echo, mode, { a: new Moody('refers to itself') }),
      /encode\(args\[0\]\.a\)\.self refers back to args\[0\]\.a/,
    )
    assertRefused(
      await thrownBy(make, mode, 'Moody', 'does not encode'),
      /result\.list\[1\] is a Moody, whose encode threw/,
    )
    assert.propertyVal(await call(echo, mode, new Moody('well')), 'mood', 'well')
    whileDecoding.run = () => {
      throw new RangeError('not here')
    }
    try {
      const error = await thrownBy(echo, mode, [new Moody('well')])
      assertRefused(error, /echo returned/, /result\[0\] is a Moody, whose decode threw .* on the caller's/)
      assert.propertyVal((error as Error).cause, 'message', 'not here')
    } finally {
      whileDecoding.run = () => {}
    }
    assert.strictEqual(await call(echo, mode, 'next'), 'next')
  }),
  ...inEachMode(
    'classes: a codec may itself make blocking calls',
    { ...ownRealm, callbacks: true },
    async (context, mode) => {
      const tasks = startTasks(context)
      let depth = 0
      whileDecoding.run = () => {
        if (depth++ > 20) return
        assert.instanceOf(
          tasks.giveBackSync.sync('Point', (value) => value),
          Point,
        )
        const mood = `deeper ${depth}`
        assert.propertyVal(tasks.echo.sync(new Moody(mood)), 'mood', mood)
      }
      try {
        assert.propertyVal(await call(tasks.echo, mode, new Moody('top')), 'mood', 'top')
        assert.isAbove(depth, 20)
      } finally {
        whileDecoding.run = () => {}
      }
    },
  ),
  ...inEachMode(
    'classes: streams carry them in order, also where making them blocks',
    { ...ownRealm, streams: true },
    async (context, mode) => {
      const { yieldMoods, echo } = startTasks(context)
      const moods = Array.from({ length: 40 }, (_, index) => `mood ${index}`)
      whileDecoding.run = () => assert.strictEqual(echo.sync(1), 1)
      try {
        const stream = mode === 'submit' ? yieldMoods.submit(moods).result() : yieldMoods[mode](moods)
        let position = 0
        for await (const item of stream) {
          if (position % 2 === 0) assert.strictEqual(item, position / 2)
          else assert.propertyVal((item as { moody: unknown }).moody, 'mood', moods[(position - 1) / 2])
          position++
        }
        assert.strictEqual(position, 80)
      } finally {
        whileDecoding.run = () => {}
      }
    },
  ),
  {
    name: 'classes: a stream ends with the item that cannot be made, after those before it, and is closed',
    needs: { ...ownRealm, streams: true },
    async run(context) {
      const { yieldUnknown, isClosed } = startTasks(context)
      for (const known of [0, 3]) {
        const points: unknown[] = []
        const error = await blocking(() =>
          thrown(() => {
            for (const point of yieldUnknown.sync(known)) points.push(point)
          }),
        )
        assertRefused(error, /yieldUnknown yielded/, /item\.list\[0\] is a TaskOnly, .*not registered on the caller's/)
        assert.lengthOf(points, known)
        while (!(await blocking(() => isClosed.sync())));
        const stream = yieldUnknown.async(known)
        for (let index = 0; index < known; index++) assert.instanceOf((await stream.next()).value, Point)
        assertRefused(await rejection(stream.next()), /item\.list\[0\] is a TaskOnly/)
        assert.deepEqual(await stream.next(), { value: undefined, done: true })
        while (!(await isClosed.async()));
      }
    },
  },
  {
    name: 'classes: a decode that waits for the stream that it is part of is a deadlock, and told',
    needs: { ...ownRealm, streams: true },
    async run(context) {
      const { yieldMoods, echo } = startTasks(context)
      // More than it runs ahead.
      const stream = yieldMoods.sync(Array.from({ length: 1_000 }, () => 'mood'))
      whileDecoding.run = () => void stream.next()
      try {
        const error = thrown(() => [...stream])
        assertRefused(error, /whose decode threw DeadlockError/)
      } finally {
        whileDecoding.run = () => {}
      }
      assert.strictEqual(echo.sync('next'), 'next')
    },
  },
  {
    name: 'classes: next carries them, and what a generator is not to get is refused',
    needs: { ...ownRealm, streams: true },
    async run(context) {
      const { giveBackEach } = startTasks(context)
      const stream = giveBackEach.with({ readAhead: 0 }).sync()
      stream.next()
      const { value } = stream.next(new Box([new Money(2)]))
      assert.isUndefined(difference(value, new Box([new Money(2)]), hiddenState))
      const moody = { a: new Moody('does not encode') }
      assertRefused(
        thrown(() => stream.next(moody)),
        /value\.a is a Moody, whose encode threw/,
      )
      assert.instanceOf(stream.next(new Point(1, 2)).value, Point)
      const unknown = { a: new CallerOnly() }
      assertRefused(
        thrown(() => stream.next(unknown)),
        /not resumed: value\.a is a CallerOnly, .*on the task's/,
      )
      assert.deepEqual(stream.next(1), { value: undefined, done: true })
    },
  },
  ...inEachMode(
    'classes: the context of a call carries them, under the same rules',
    ownRealm,
    async (context, mode) => {
      let value: unknown = new Box([new Money(4), new URL('https://example.org/')])
      const storage = { getStore: () => value, run: <R>(_: never, task: () => R): R => task() }
      const { echoContext, echo } = loadTasks(context.startLoop({ context: { value: storage } }))
      const answer = (await call(echoContext, mode)) as { value: unknown }
      assert.isUndefined(difference(answer, { value }, hiddenState))
      value = new Moody('does not encode')
      assertRefused(await thrownBy(echoContext, mode), /context\.value is a Moody, whose encode threw/)
      value = new CallerOnly()
      assertRefused(await thrownBy(echoContext, mode), /context.*context\.value is a CallerOnly, .*on the task's/)
      assert.strictEqual(await call(echo, mode, 'next'), 'next')
    },
  ),
  ...inEachMode(
    'classes: instances of an unregistered subclass are plain objects, as before',
    ownRealm,
    async (context, mode) => {
      const answer = await call(startTasks(context).echo, mode, [new Unregistered(1, 2, 3)])
      assert.isUndefined(difference(answer, [{ x: 1, y: 2, mark: 3 }]))
    },
  ),
  ...inEachMode('classes: what would be lost beside a built-in class is refused', ownRealm, async (context, mode) => {
    const registry = Object.assign(new Registry(), { label: 'extra' })
    const error = await thrownBy(startTasks(context).echo, mode, [registry])
    assertRefused(error, /args\[0\]\[0\] is a Registry.*"label" would be lost/)
  }),
  ...inEachMode(
    'classes: fields of one that extends a typed array are refused, too',
    ownRealm,
    async (context, mode) => {
      const { echo } = startTasks(context)
      assertRefused(await thrownBy(echo, mode, [new Packet(2)]), /args\[0\]\[0\] is a Packet.*"kind" would be lost/)
    },
  ),
  ...inEachMode(
    'classes: an encode that gives its own class again is refused, and ends',
    ownRealm,
    async (context, mode) => {
      const { echo } = startTasks(context)
      assertRefused(await thrownBy(echo, mode, [new Endless()]), /does not come to an end by "encode"/)
      assert.strictEqual(await call(echo, mode, 'next'), 'next')
    },
  ),
]

class Packet extends Uint8Array {
  readonly kind = 3
}
registerClass(Packet)

class Endless {}
registerClass(Endless, { encode: () => new Endless(), decode: () => new Endless() })

function pictureOf(error: unknown): Pick<HttpError, 'message' | 'status' | 'isClientError'> {
  assert.instanceOf(error, HttpError)
  const { message, status, isClientError } = error
  return { message, status, isClientError }
}
