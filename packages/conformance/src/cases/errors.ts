import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { isBufferOrNone } from '../bytes.ts'
import { type Case, ownRealm } from '../case.ts'
import { defineSuppressedError } from '../fixtures/tasks.ts'
import { call, inEachMode, outcomeOf, thrownBy } from '../modes.ts'
import { startTasks } from '../tasks.ts'
import { rejection } from '../thrown.ts'

interface Specials {
  readonly url: URL
  readonly again: readonly URL[]
  readonly bytes: Uint8Array
  readonly failures: ReadonlyMap<string, unknown>
  readonly nested: { readonly headers: Headers }
}

const builtIns: readonly (readonly [what: string, kind: ErrorConstructor, message: string])[] = [
  ['error', Error, 'plain'],
  ['typeError', TypeError, 'wrong type'],
  ['rangeError', RangeError, 'out of range'],
  ['syntaxError', SyntaxError, 'bad syntax'],
  ['referenceError', ReferenceError, 'no such thing'],
  ['evalError', EvalError, 'bad eval'],
  ['uriError', URIError, 'bad uri'],
  ['emptyMessage', Error, ''],
]

const others: readonly (readonly [what: string, value: unknown])[] = [
  ['string', 'just a string'],
  ['number', 0],
  ['null', null],
  ['undefined', undefined],
  ['false', false],
  ['object', { code: 1 }],
]

export const errors: readonly Case[] = [
  ...builtIns.flatMap(([what, kind, message]) =>
    inEachMode(`errors: ${what} keeps class, name and message`, {}, async (context, mode) => {
      const { throwLater, throwNow } = startTasks(context)
      for (const task of [throwLater, throwNow]) {
        const error = await thrownBy(task, mode, what)
        assert.instanceOf(error, kind)
        assert.strictEqual(error.constructor, kind)
        assert.equal(error.name, kind.name)
        assert.equal(error.message, message)
        assert.equal(Object.prototype.toString.call(error), '[object Error]')
      }
    }),
  ),
  ...others.flatMap(([what, value]) =>
    inEachMode(`errors: ${what} is thrown as itself`, {}, async (context, mode) => {
      const { throwLater, throwNow } = startTasks(context)
      assert.deepEqual(await outcomeOf(throwLater, mode, what), { kind: 'throw', error: value })
      assert.deepEqual(await outcomeOf(throwNow, mode, what), { kind: 'throw', error: value })
    }),
  ),
  ...inEachMode('errors: causes cross, to any depth', {}, async (context, mode) => {
    const error = await thrownBy(startTasks(context).throwLater, mode, 'cause')
    assert.instanceOf(error, Error)
    assert.instanceOf(error.cause, RangeError)
    assert.equal(error.cause.message, 'inner')
    assert.equal(error.cause.cause, 'innermost')
  }),
  ...inEachMode('errors: a cause that is undefined is still a cause', {}, async (context, mode) => {
    const { throwLater } = startTasks(context)
    assert.property(await thrownBy(throwLater, mode, 'undefinedCause'), 'cause')
    assert.notProperty(await thrownBy(throwLater, mode, 'error'), 'cause')
  }),
  ...inEachMode('errors: a cycle of causes crosses as one', {}, async (context, mode) => {
    const error = await thrownBy(startTasks(context).throwLater, mode, 'cycle')
    assert.instanceOf(error, Error)
    assert.instanceOf(error.cause, Error)
    assert.equal(error.cause.message, 'b')
    assert.strictEqual(error.cause.cause, error)
  }),
  ...inEachMode('errors: AggregateError keeps its errors', {}, async (context, mode) => {
    const error = await thrownBy(startTasks(context).throwLater, mode, 'aggregateError')
    assert.instanceOf(error, AggregateError)
    assert.equal(error.message, 'several')
    assert.lengthOf(error.errors, 2)
    assert.instanceOf(error.errors[0], TypeError)
    assert.equal(error.errors[1], 'second')
  }),
  ...inEachMode('errors: DOMException keeps name and code', {}, async (context, mode) => {
    const error = await thrownBy(startTasks(context).throwLater, mode, 'domException')
    assert.instanceOf(error, DOMException)
    assert.equal(error.name, 'TimeoutError')
    assert.equal(error.message, 'took too long')
    assert.equal(error.code, DOMException.TIMEOUT_ERR)
  }),
  ...inEachMode(
    'errors: own properties cross, and stay as enumerable as they were',
    ownRealm,
    async (context, mode) => {
      const { throwLater } = startTasks(context)
      const error = await thrownBy(throwLater, mode, 'systemError')
      assert.deepEqual({ ...Object(error) }, { code: 'ENOENT', errno: -2, syscall: 'open' })
      const hidden = await thrownBy(throwLater, mode, 'hidden')
      assert.deepEqual(Object.getOwnPropertyDescriptor(hidden, 'secret'), {
        value: 7,
        enumerable: false,
        writable: true,
        configurable: true,
      })
    },
  ),
  ...inEachMode(
    'errors: a class of the task comes back as its nearest built-in one, name and all',
    {},
    async (context, mode) => {
      const error = await thrownBy(startTasks(context).throwLater, mode, 'subclass')
      assert.instanceOf(error, TypeError)
      assert.equal(error.name, 'TeapotError')
      assert.equal(error.message, 'I am a teapot')
      assert.propertyVal(error, 'code', 'ERR_TEAPOT')
      assert.propertyVal(error, 'status', 418)
      assert.deepPropertyVal(error, 'details', { reasons: ['short', 'stout'] })
    },
  ),
  ...inEachMode(
    'errors: a property that cannot be cloned is left out and told, the others cross',
    ownRealm,
    async (context, mode) => {
      const error = await thrownBy(startTasks(context).throwLater, mode, 'unclonableProperty')
      assert.instanceOf(error, Error)
      assert.equal(error.message, 'with a function')
      assert.propertyVal(error, 'attempts', 3)
      assert.notProperty(error, 'retry')
      assert.match(String(error.stack), /did not cross: retry/)
    },
  ),
  ...inEachMode(
    'errors: a thrown value that cannot be cloned is told, and the loop goes on',
    ownRealm,
    async (context, mode) => {
      const { throwLater, echo } = startTasks(context)
      const error = await thrownBy(throwLater, mode, 'symbol')
      assert.propertyVal(error, 'code', 'ERR_AMBISYNC_SERIALIZATION')
      assert.match((error as Error).message, /Symbol\(thrown\)/)
      assert.equal(await blocking(() => echo.sync(1)), 1)
    },
  ),
  ...inEachMode('errors: thrown values that resist fail their call only', ownRealm, async (context, mode) => {
    const { throwLater, throwNow, later } = startTasks(context)
    const other = later.submit(50, 'other')
    for (const task of [throwLater, throwNow]) {
      assert.match(String(await thrownBy(task, mode, 'revokedProxy')), /cannot be cloned/)
      const error = (await thrownBy(task, mode, 'cyclicList')) as Error & { list: unknown[] }
      assert.equal(error.message, 'cyclic list')
      assert.strictEqual(error.list[0], error)
      assert.propertyVal(await thrownBy(task, mode, 'oddName'), 'message', 'odd name')
    }
    assert.equal(await blocking(() => other.result()), 'other')
  }),
  ...inEachMode(
    'errors: special values in own properties and causes arrive as themselves',
    {},
    async (context, mode) => {
      const { cause } = (await thrownBy(startTasks(context).throwLater, mode, 'specials')) as {
        cause: Error & Specials
      }
      assert.instanceOf(cause, TypeError)
      assert.instanceOf(cause.url, URL)
      assert.strictEqual(cause.again[0], cause.url)
      assert.isTrue(isBufferOrNone(cause.bytes))
      const failure = cause.failures.get('first')
      assert.instanceOf(failure, RangeError)
      assert.propertyVal(failure, 'code', 'E_MAP')
      assert.instanceOf(cause.nested.headers, Headers)
    },
  ),
  ...inEachMode(
    'errors: SuppressedError keeps both, and its class where there is one',
    { resident: true },
    async (context, mode) => {
      const { throwLater, provideSuppressedError } = startTasks(context)
      await call(provideSuppressedError, mode)
      const has = 'SuppressedError' in globalThis
      const check = async (): Promise<void> => {
        const error = (await thrownBy(throwLater, mode, 'suppressed')) as { error: unknown; suppressed: unknown }
        const known: unknown = Reflect.get(globalThis, 'SuppressedError')
        assert.strictEqual(Object(error).constructor, known ?? Error)
        assert.propertyVal(error, 'name', 'SuppressedError')
        assert.instanceOf(error.error, RangeError)
        assert.instanceOf(error.suppressed, TypeError)
        assert.isFalse(Object.getOwnPropertyDescriptor(error, 'suppressed')?.enumerable)
      }
      await check()
      if (has) return
      const takeBack = defineSuppressedError()
      try {
        await check()
      } finally {
        takeBack()
      }
    },
  ),
  ...inEachMode('errors: what resists being read costs no more than that property', ownRealm, async (context, mode) => {
    const { throwLater, throwNow, echo } = startTasks(context)
    for (const task of [throwLater, throwNow]) {
      const frozen = await thrownBy(task, mode, 'frozen')
      assert.instanceOf(frozen, RangeError)
      assert.propertyVal(frozen, 'code', 'E_FROZEN')
      assert.propertyVal(frozen.cause, 'message', 'why')
      const getters = await thrownBy(task, mode, 'throwingGetters')
      assert.instanceOf(getters, RangeError)
      assert.strictEqual(getters.message, 'getters that throw')
      for (const key of ['extra', 'name', 'cause']) assert.match(String(Reflect.get(getters, key)), /from the getter/)
      const message = await thrownBy(task, mode, 'throwingMessage')
      assert.instanceOf(message, RangeError)
      assert.match(message.message, /reading it threw.*from the getter/)
      assert.deepEqual(((await thrownBy(task, mode, 'messageObject')) as Error).message as unknown, { no: ['text'] })
      const made = await thrownBy(task, mode, 'messageFunction')
      assert.instanceOf(made, RangeError)
      assert.propertyVal(made, 'kept', 1)
      assert.match(String(made.stack), /did not cross: message/)
      assert.propertyVal(await thrownBy(task, mode, 'stackless'), 'message', 'no stack')
      const emptied = await thrownBy(task, mode, 'emptied')
      assert.propertyVal(emptied, 'kept', 1)
      assert.notProperty(emptied, 'signal')
      assert.match(String((emptied as Error).stack), /did not cross: signal/)
    }
    assert.strictEqual(await call(echo, mode, 'next'), 'next')
  }),
  ...inEachMode('errors: a message that is made when it is read crosses', {}, async (context, mode) => {
    const error = await thrownBy(startTasks(context).throwLater, mode, 'messageGetter')
    assert.instanceOf(error, Error)
    assert.equal(error.message, 'age is required')
    assert.equal(error.name, 'IssuesError')
  }),
  ...inEachMode(
    "errors: a program's own Error.prepareStackTrace does not get in the way",
    {},
    async (context, mode) => {
      const { throwNow } = startTasks(context)
      const { prepareStackTrace } = Error
      for (const prepare of [() => [], () => null]) {
        Error.prepareStackTrace = prepare
        try {
          assert.propertyVal(await thrownBy(throwNow, mode, 'rangeError'), 'message', 'out of range')
        } finally {
          Error.prepareStackTrace = prepareStackTrace
        }
      }
    },
  ),
  ...inEachMode("errors: the stack has the task's frames and then the caller's", {}, async (context, mode) => {
    const { throwNow } = startTasks(context)
    function theCaller(): unknown {
      if (mode === 'submit') return throwNow.submit('error').result()
      return throwNow[mode]('error')
    }
    const { stack = '' } = (await rejection(blocking(theCaller))) as Error
    assert.match(stack, /^Error: plain\n.*\bthrowNow\b.*\btheCaller\b/s)
    assert.notMatch(stack, /ambisync host/)
  }),
]
