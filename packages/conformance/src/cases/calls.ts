import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, ownRealm } from '../case.ts'
import { howOften } from '../how-often.ts'
import { call, inEachMode, modes, thrownBy } from '../modes.ts'
import { randomNumbers } from '../random-numbers.ts'
import { fixture, fixtureUrls, loadTasks, startTasks } from '../tasks.ts'

export const calls: readonly Case[] = [
  ...inEachMode('calls: an async function returns its value', {}, async (context, mode) => {
    assert.equal(await call(startTasks(context).add, mode, 2, 3), 5)
  }),
  ...inEachMode('calls: a function that is not async may be called as well', {}, async (context, mode) => {
    assert.equal(await call(startTasks(context).echoNow, mode, 'now'), 'now')
  }),
  ...inEachMode('calls: a thenable is awaited', {}, async (context, mode) => {
    assert.equal(await call(startTasks(context).thenable, mode, 'then'), 'then')
  }),
  ...inEachMode('calls: a result whose `then` throws is a failure of its call only', {}, async (context, mode) => {
    const { later, throwingThen } = startTasks(context)
    const other = later.submit(20, 'other')
    assert.instanceOf(await thrownBy(throwingThen, mode), RangeError)
    assert.equal(await blocking(() => other.result()), 'other')
  }),
  ...inEachMode('calls: no arguments, no result', {}, async (context, mode) => {
    assert.strictEqual(await call(startTasks(context).echo, mode), undefined)
  }),
  ...inEachMode('calls: many arguments arrive in order', {}, async (context, mode) => {
    const args = Array.from({ length: 300 }, (_, index) => index)
    assert.deepEqual(await call(startTasks(context).all, mode, ...args), args)
  }),
  ...inEachMode('calls: undefined among the arguments is not lost', {}, async (context, mode) => {
    assert.deepEqual(await call(startTasks(context).all, mode, undefined, 1, undefined), [undefined, 1, undefined])
  }),
  ...inEachMode('calls: a task has no this', {}, async (context, mode) => {
    assert.equal(await call(startTasks(context).callee, mode), 'undefined')
  }),
  ...inEachMode('calls: an unknown export is a TypeError that lists the exports', {}, async (context, mode) => {
    const loop = context.startLoop()
    const tasks = loop.load<{ whoAmEye(): string; whoAmI(): string }>(fixture(loop, 'other-tasks'))
    const error = await thrownBy(tasks.whoAmEye, mode)
    assert.instanceOf(error, TypeError)
    assert.include(error.message, '"whoAmEye"')
    assert.include(error.message, '"whoAmI"')
    assert.equal(await call(tasks.whoAmI, mode), 'other')
  }),
  ...inEachMode('calls: an export that is not a function says so', {}, async (context, mode) => {
    const loop = context.startLoop()
    const tasks = loop.load<{ notAFunction(): void; echo(value: number): number }>(fixture(loop, 'tasks'))
    const error = await thrownBy(tasks.notAFunction, mode)
    assert.instanceOf(error, TypeError)
    assert.match(error.message, /notAFunction.*not a function.*number/)
    assert.equal(await call(tasks.echo, mode, 1), 1)
  }),
  ...inEachMode('calls: names that every object has are no exports', {}, async (context, mode) => {
    const loop = context.startLoop()
    const tasks = loop.load<{ constructor(): void; toString(): void; __proto__(): void }>(fixture(loop, 'tasks'))
    for (const name of ['constructor', 'toString', '__proto__'] as const) {
      assert.instanceOf(await thrownBy(tasks[name], mode), TypeError)
    }
  }),
  ...inEachMode('calls: two modules on one loop', {}, async (context, mode) => {
    const loop = context.startLoop()
    const other = loop.load<typeof import('../fixtures/other-tasks.js')>(fixture(loop, 'other-tasks'))
    assert.equal(await call(other.whoAmI, mode), 'other')
    assert.equal(await call(loadTasks(loop).add, mode, 1, 1), 2)
  }),
  ...inEachMode(
    'calls: two loops at once, each with its own module instance',
    { resident: true },
    async (context, mode) => {
      const first = startTasks(context)
      const second = startTasks(context)
      assert.equal(await call(first.count, mode), 1)
      assert.equal(await call(first.count, mode), 2)
      assert.equal(await call(second.count, mode), 1)
    },
  ),
  {
    name: 'calls: a module given as a file path',
    needs: { modules: 'url' },
    async run(context) {
      const path = decodeURIComponent(fixtureUrls.tasks.pathname)
      const tasks = context.startLoop().load<typeof import('../fixtures/tasks.js')>(path)
      assert.equal(tasks.add.sync(1, 2), 3)
    },
  },
  {
    name: 'calls: a module given as a URL in a string',
    needs: { modules: 'url' },
    async run(context) {
      const tasks = context.startLoop().load<typeof import('../fixtures/tasks.js')>(fixtureUrls.tasks.href)
      assert.equal(tasks.add.sync(1, 2), 3)
    },
  },
  {
    name: 'calls: the same module loaded twice is one instance',
    needs: { resident: true },
    async run(context) {
      const loop = context.startLoop()
      assert.equal(loadTasks(loop).count.sync(), 1)
      assert.equal(loadTasks(loop).count.sync(), 2)
    },
  },
  {
    name: 'calls: what load returns is not taken for a promise',
    needs: {},
    async run(context) {
      const tasks = startTasks(context)
      const awaited = await tasks
      assert.strictEqual(awaited, tasks)
    },
  },
  {
    name: 'calls: a form works detached from its function',
    needs: {},
    async run(context) {
      const { sync, async, submit } = startTasks(context).add
      assert.equal(sync(1, 2), 3)
      assert.equal(await async(1, 2), 3)
      assert.equal(await blocking(() => submit(1, 2).result()), 3)
    },
  },
  {
    name: 'calls: calls that are under way together run together',
    needs: { resident: true },
    async run(context) {
      const { runTogether } = startTasks(context)
      const most = await Promise.all([runTogether.async(50), runTogether.async(50), runTogether.async(50)])
      assert.equal(Math.max(...most), 3)
    },
  },
  {
    name: 'calls: 1,000 calls submitted together run once each, in order',
    needs: { resident: true },
    async run(context) {
      const { count } = startTasks(context)
      const futures = Array.from({ length: 1_000 }, () => count.submit())
      assert.deepEqual(
        futures.map((future) => future.result()),
        Array.from(futures, (_, index) => index + 1),
      )
      assert.equal(await count.async(), 1_001)
    },
  },
  {
    name: 'calls: a blocking call is answered while others are pending',
    needs: {},
    async run(context) {
      const { later, echo } = startTasks(context)
      const slow = later.submit(500, 'slow')
      assert.equal(echo.sync('fast'), 'fast')
      assert.isFalse(slow.done())
      assert.equal(slow.result(), 'slow')
    },
  },
  {
    name: 'calls: a getter among the arguments makes a call of its own, also where it has waited for the way to have room',
    needs: { ...ownRealm, resident: true },
    async run(context) {
      const { echo, add } = startTasks(context)
      let asks = true
      const argument = {
        before: 'a',
        get asked() {
          return asks ? add.sync(1, 2) : 3
        },
        after: { before: 'b' },
      }
      const expected = { before: 'a', asked: 3, after: { before: 'b' } }
      for (const mode of modes) assert.deepEqual(await call(echo, mode, argument), expected)
      const large = 'x'.repeat(400_000)
      const others = Array.from({ length: 50 }, () => echo.submit(large))
      // Not while it is looked at: it has to be in the queue.
      asks = false
      const waiting = echo.submit(argument)
      asks = true
      assert.deepEqual(waiting.result(), expected)
      for (const other of others) assert.equal(other.result(), large)
      assert.deepEqual(echo.sync({ after: 'next' }), { after: 'next' })
    },
  },
  {
    name: 'calls: 2,000 calls in every mode and order, on two loops, and each gets its own answer',
    needs: {},
    async run(context) {
      const loops = [startTasks(context), startTasks(context)]
      const promises: Promise<void>[] = []
      const random = randomNumbers(7)
      // Long enough that hundreds are under way at once, also where a call that blocks takes a millisecond.
      const longest = 100
      const callOne = (id: number): void => {
        const { later, echo } = loops[random(2)] ?? startTasks(context)
        const kind = random(4)
        if (kind === 0) assert.equal(echo.sync(id), id)
        else if (kind === 1) promises.push(later.async(random(longest), id).then((value) => assert.equal(value, id)))
        else if (kind === 2) promises.push(later.submit(random(longest), id).then((value) => assert.equal(value, id)))
        else if (id % 50 === 0) assert.equal(later.submit(random(20), id).result(), id)
      }
      const count = howOften(2_000, context)
      // Many in one macrotask, so that many are under way.
      for (let begin = 0; begin < count; begin += 500) {
        await blocking(() => {
          for (let id = begin; id < Math.min(begin + 500, count); id++) callOne(id)
        })
        await loops[0]?.later.async(1)
      }
      await Promise.all(promises)
    },
  },
]
