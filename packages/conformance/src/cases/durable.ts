import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import type { Case, Needs } from '../case.ts'
import { freshId } from '../fresh-id.ts'
import { call, inEachMode, modes, thrownBy } from '../modes.ts'
import { fixture, loadTasks, startTasks } from '../tasks.ts'
import { thrown } from '../thrown.ts'

const needs: Needs = { durable: true }

/** What is easily taken for something else, or for one another, where an id is made into a key of some kind. */
function oddIds(): readonly string[] {
  const id = freshId()
  const digits = BigInt(`0x${id.replaceAll('-', '')}`).toString()
  const ends = ['a', 'A', 'a:b', 'a_b', 'a%3Ab', 'a b', 'a/../b', 'a\0', 'é', 'e\u0301', '😀', '{a}', '*']
  return [digits, `0${digits}`, '__proto__', ...ends.map((end) => `${id}${end}`), id.padEnd(256, 'é')]
}

export const durable: readonly Case[] = [
  {
    name: 'durable: the future of a call has the id that it was given, or one of its own',
    needs,
    async run(context) {
      const { echo, throwLater } = startTasks(context)
      const id = freshId()
      const given = echo.with({ id }).with({ timeout: 30_000 }).submit('given')
      assert.equal(given.id, id)
      const others = [echo.submit(1), echo.submit(1), echo.with({ id }).with({ id: undefined }).submit(1)]
      const failed = throwLater.submit('error')
      assert.equal(given.result(), 'given')
      for (const other of others) assert.equal(other.result(), 1)
      failed.outcome()
      const ids = [given, ...others, failed].map((future) => future.id)
      assert.equal(ids[0], id, 'settled as well')
      assert.equal(new Set(ids).size, ids.length)
      for (const each of ids) assert.isNotEmpty(each)
    },
  },
  {
    name: 'durable: the future of a call that has waited in a pool has its id, too',
    needs,
    async run(context) {
      const { later, echo } = loadTasks(context.startPool({ size: 1 }))
      const id = freshId()
      const first = later.submit(20, 'first')
      const waiting = [echo.with({ id }).submit('given'), echo.submit('none')] as const
      assert.equal(first.result(), 'first')
      assert.deepEqual(
        waiting.map((future) => future.result()),
        ['given', 'none'],
      )
      assert.equal(waiting[0].id, id)
      assert.isNotEmpty(waiting[1].id)
      assert.equal(echo.with({ id }).sync('again'), 'given')
    },
  },
  ...inEachMode(
    'durable: an id that is known has its outcome, whatever it is called with then',
    needs,
    async (context, mode) => {
      const loop = context.startLoop()
      const tasks = loadTasks(loop)
      const id = freshId()
      assert.equal(await call(tasks.echo.with({ id }), mode, 'first'), 'first')
      loop.restart()
      for (const { echo } of [tasks, startTasks(context)]) {
        for (const again of modes) assert.equal(await call(echo.with({ id }), again, 'second'), 'first')
      }
      assert.equal(await call(tasks.echo, mode, 'second'), 'second')
    },
  ),
  ...inEachMode('durable: an id is of one function, and refused for any other', needs, async (context, mode) => {
    const loop = context.startLoop()
    const { later, echo, all } = loadTasks(loop)
    const namesake = loop.load<typeof import('../fixtures/class-tasks.js')>(fixture(loop, 'class-tasks')).echo
    const refused = async (other: typeof echo | typeof all, id: string): Promise<void> => {
      const error = await thrownBy(other.with({ id }), mode, 'other')
      assert.instanceOf(error, TypeError)
      assert.include(error.message, id)
    }
    const settled = freshId()
    assert.equal(await call(echo.with({ id: settled }), mode, 'first'), 'first')
    await refused(all, settled)
    await refused(namesake, settled)
    assert.equal(await call(echo.with({ id: settled }), mode, 'second'), 'first')
    const pending = freshId()
    const first = later.with({ id: pending }).submit(300, 'undisturbed')
    await refused(echo, pending)
    assert.equal(await blocking(() => first.result()), 'undisturbed')
  }),
  ...inEachMode('durable: any text is an id, and no other one', needs, async (context, mode) => {
    const { echo } = startTasks(context)
    const ids = oddIds()
    for (const id of ids) assert.equal(await call(echo.with({ id }), mode, id), id)
    for (const id of ids) assert.equal(await call(echo.with({ id }), mode, 'second'), id)
  }),
  {
    name: 'durable: an id that cannot be right is refused by name before anything is sent',
    needs,
    async run(context) {
      const { echo } = startTasks(context)
      for (const id of ['', 'x'.repeat(257), '\ud800', 'a\udc00b']) {
        const error = thrown(() => echo.with({ id }))
        assert.instanceOf(error, RangeError)
        assert.match(error.message, /^id must have 1 to 256 characters/)
      }
      for (const id of [7, null, {}, Symbol('s')]) {
        const error = thrown(() => echo.with({ id: id as never }))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, /^id must be a string/)
      }
      assert.equal(echo.sync('next'), 'next')
    },
  },
]
