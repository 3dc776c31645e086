import { AsyncLocalStorage } from 'node:async_hooks'
import { SerializationError } from '@ambisync/core'
import { assert } from 'chai'
import { type Case, type CaseContext, ownRealm } from '../../case.ts'
import { howOften } from '../../how-often.ts'
import { call, inEachMode, thrownBy } from '../../modes.ts'
import { loadTasks, type SuiteTasks, startTasks } from '../../tasks.ts'
import { thrown } from '../../thrown.ts'

/** The suite's tasks on a loop with one storage registered, under the name `requestId`. */
function startWithContext(context: CaseContext): { tasks: SuiteTasks; requestId: AsyncLocalStorage<unknown> } {
  const requestId = new AsyncLocalStorage<unknown>()
  return { tasks: loadTasks(context.startLoop({ context: { requestId } })), requestId }
}

export const contextCases: readonly Case[] = [
  ...inEachMode('context: the values of registered storages go with a call', {}, async (context, mode) => {
    const requestId = new AsyncLocalStorage<string>()
    const user = new AsyncLocalStorage<{ name: string }>()
    const { callContext } = loadTasks(context.startLoop({ context: { requestId, user } }))
    const inside = requestId.run('r-1', () => user.run({ name: 'ada' }, () => call(callContext, mode)))
    assert.deepEqual(await inside, { requestId: 'r-1', user: { name: 'ada' } })
    const half = requestId.run('r-2', () => call(callContext, mode))
    assert.deepEqual(await half, { requestId: 'r-2' }, 'what is undefined is left out')
    assert.deepEqual(await call(callContext, mode), {})
  }),
  ...inEachMode('context: is frozen, and empty where nothing is registered', {}, async (context, mode) => {
    assert.equal(await call(startTasks(context).contextIsFrozen, mode), true)
    assert.deepEqual(await call(startTasks(context).callContext, mode), {})
    const { tasks, requestId } = startWithContext(context)
    assert.equal(await requestId.run('r', () => call(tasks.contextIsFrozen, mode)), true)
  }),
  ...inEachMode('context: falsy values cross, and so does what structured clone makes less of', {}, async (c, mode) => {
    const { tasks, requestId } = startWithContext(c)
    for (const value of [0, '', null, false, Number.NaN]) {
      assert.deepEqual(await requestId.run(value, () => call(tasks.callContext, mode)), { requestId: value })
    }
    const url = new URL('https://example.org/a?b')
    const special = { url, failed: Object.assign(new RangeError('why'), { code: 'E_MINE' }) }
    const there = (await requestId.run(special, () => call(tasks.callContext, mode))) as { requestId: typeof special }
    assert.instanceOf(there.requestId.url, URL)
    assert.equal(there.requestId.url.href, url.href)
    assert.propertyVal(there.requestId.failed, 'code', 'E_MINE')
  }),
  {
    name: 'context: a name may be __proto__',
    needs: {},
    async run(context) {
      const storage = new AsyncLocalStorage<string>()
      const registered = Object.fromEntries([['__proto__', storage]])
      const { contextNames } = loadTasks(context.startLoop({ context: registered }))
      assert.deepEqual(
        storage.run('value', () => contextNames.sync()),
        ['__proto__'],
      )
    },
  },
  ...inEachMode(
    'context: a value that cannot cross is named, and the next call works',
    ownRealm,
    async (context, mode) => {
      const { tasks, requestId } = startWithContext(context)
      const wrong: readonly (readonly [unknown, string])[] = [
        [{ save: () => {} }, 'context.requestId.save is a function'],
        [Symbol('s'), 'context.requestId is a symbol'],
        [{ signal: new AbortController().signal }, 'context.requestId.signal is an AbortSignal'],
      ]
      for (const [value, message] of wrong) {
        const error = await requestId.run(value, () => thrownBy(tasks.echo, mode, 'argument'))
        assert.instanceOf(error, SerializationError)
        assert.include(error.message, `echo was not called: ${message}`)
      }
      const badArgument = await requestId.run('fine', () => thrownBy(tasks.echo, mode, Symbol('s')))
      assert.match((badArgument as Error).message, /args\[0\] is a symbol/)
      assert.deepEqual(await requestId.run('next', () => call(tasks.callContext, mode)), { requestId: 'next' })
    },
  ),
  {
    name: 'context: concurrent calls never see that of one another',
    needs: {},
    async run(context) {
      const { tasks, requestId } = startWithContext(context)
      const length = howOften(50, context, 10)
      const calls = Array.from({ length }, (_, id) =>
        requestId.run(id, async () => {
          const first = tasks.contextAfter.async(id % 5)
          const inner = requestId.run(`inner ${id}`, () => tasks.contextAfter.submit((id * 3) % 7))
          await null
          const second = tasks.callContext.async()
          return [await first, await inner, await second]
        }),
      )
      const expected = Array.from({ length }, (_, id) => [
        { requestId: id },
        { requestId: `inner ${id}` },
        { requestId: id },
      ])
      assert.deepEqual(await Promise.all(calls), expected)
    },
  },
  ...(['mapAsync', 'mapSync'] as const).flatMap((map) =>
    inEachMode(`context: holds in callbacks, by ${map}`, { callbacks: true }, async (context, mode) => {
      const { tasks, requestId } = startWithContext(context)
      const seen: unknown[] = []
      const look = (): void => void seen.push(requestId.getStore())
      await requestId.run('r-1', () => call(tasks[map], mode, [1], look))
      await call(tasks[map], mode, [1], look)
      assert.deepEqual(seen, ['r-1', undefined])
    }),
  ),
  {
    name: 'context: holds in a callback that is served where another one holds, and undefined holds as well',
    needs: { callbacks: true },
    async run(context) {
      const { tasks, requestId } = startWithContext(context)
      const other = loadTasks(context.startLoop({ context: { requestId } }))
      const seen: unknown[] = []
      const look = (name: string) => () => void seen.push([name, requestId.getStore()])
      // Both are under way, and are called back while this thread is blocked for a call that has another context.
      const first = requestId.run('first', () => tasks.mapSync.submit([1], look('first')))
      const second = tasks.mapSync.submit([1], look('second'))
      requestId.run('blocked', () => {
        first.result()
        second.result()
        other.mapAsync.sync([1], () => {
          look('third')()
          requestId.run('nested', () => other.mapAsync.sync([1], look('fourth')))
          look('fifth')()
        })
        assert.equal(requestId.getStore(), 'blocked')
      })
      assert.deepEqual(
        seen.toSorted((a, b) => String(a).localeCompare(String(b))),
        [
          ['fifth', 'blocked'],
          ['first', 'first'],
          ['fourth', 'nested'],
          ['second', undefined],
          ['third', 'blocked'],
        ],
      )
    },
  },
  {
    name: 'context: goes on through what a callback does asynchronously',
    needs: { callbacks: true },
    async run(context) {
      const { tasks, requestId } = startWithContext(context)
      const look = async (value: unknown): Promise<unknown> => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        return [value, requestId.getStore(), await tasks.callContext.async()]
      }
      const calls = ['a', 'b'].map((id) => requestId.run(id, () => tasks.mapAsync.async([id], look)))
      assert.deepEqual(await Promise.all(calls), [[['a', 'a', { requestId: 'a' }]], [['b', 'b', { requestId: 'b' }]]])
    },
  },
  {
    name: 'context: what is not a storage is named',
    needs: {},
    async run(context) {
      const wrong: readonly (readonly [unknown, RegExp])[] = [
        [{ requestId: 'r-1' }, /context\.requestId must be an AsyncLocalStorage, not a string/],
        [{ requestId: undefined }, /context\.requestId must be an AsyncLocalStorage, not undefined/],
        [{ requestId: { getStore() {} } }, /context\.requestId/],
        [[new AsyncLocalStorage()], /context must be an object/],
        [null, /context must be an object.*not null/],
      ]
      for (const [registered, message] of wrong) {
        const error = thrown(() => context.startLoop({ context: registered as never }))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, message)
      }
    },
  },
]
