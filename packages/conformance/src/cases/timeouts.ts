import { dual, NotSupportedError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import type { Case } from '../case.ts'
import { howOften } from '../how-often.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { startTasks } from '../tasks.ts'
import { thrown } from '../thrown.ts'

export const timeouts: readonly Case[] = [
  ...inEachMode(
    'timeouts: a call that takes too long is cancelled, and the next one gets its own answer',
    {},
    async (context, mode) => {
      const { later, echo } = startTasks(context)
      const error = await thrownBy(later.with({ timeout: 30 }), mode, 400, 'late')
      assert.instanceOf(error, TimeoutError)
      assert.equal(error.code, 'ERR_AMBISYNC_TIMEOUT')
      assert.equal(error.name, 'TimeoutError')
      assert.match(error.message, /later.*30 ms/)
      assert.equal(await call(later, mode, 500, 'mine'), 'mine')
      assert.equal(await call(echo, mode, 'next'), 'next')
    },
  ),
  ...inEachMode('timeouts: a call that is in time is not disturbed', {}, async (context, mode) => {
    const { later } = startTasks(context)
    assert.equal(await call(later.with({ timeout: 5_000 }), mode, 5, 'in time'), 'in time')
  }),
  ...inEachMode('timeouts: undefined and Infinity mean no limit', {}, async (context, mode) => {
    const { later } = startTasks(context)
    assert.equal(await call(later.with({ timeout: undefined }), mode, 5, 1), 1)
    assert.equal(await call(later.with({ timeout: Number.POSITIVE_INFINITY }), mode, 5, 2), 2)
    assert.equal(await call(later.with({ timeout: 1 }).with({ timeout: Number.POSITIVE_INFINITY }), mode, 30, 3), 3)
  }),
  ...inEachMode('timeouts: 0 means do not wait', {}, async (context, mode) => {
    const { later, echo } = startTasks(context)
    assert.instanceOf(await thrownBy(later.with({ timeout: 0 }), mode, 10_000), TimeoutError)
    assert.equal(await blocking(() => echo.sync('next')), 'next')
  }),
  ...inEachMode('timeouts: a part of a millisecond is a limit, and not none', {}, async (context, mode) => {
    const { later, echo } = startTasks(context)
    const limited = later.with({ timeout: 0.4 })
    // The first few are over before anything has begun to wait.
    for (let round = 0; round < howOften(30, context); round++) {
      assert.instanceOf(await thrownBy(limited, mode, 60_000), TimeoutError)
      assert.equal(await call(echo, mode, round), round)
    }
  }),
  ...inEachMode('timeouts: longer than setTimeout can wait', {}, async (context, mode) => {
    assert.equal(await call(startTasks(context).echo.with({ timeout: 2 ** 40 }), mode, 1), 1)
  }),
  ...inEachMode('timeouts: one of the calls under way expires, the others do not', {}, async (context, mode) => {
    const { later } = startTasks(context)
    const patient = later.submit(100, 'patient')
    assert.instanceOf(await thrownBy(later.with({ timeout: 10 }), mode, 10_000), TimeoutError)
    assert.equal(await blocking(() => patient.result()), 'patient')
  }),
  {
    name: 'timeouts: an asynchronous call also expires while the thread is blocked in another',
    needs: {},
    async run(context) {
      const { later } = startTasks(context)
      const future = later.with({ timeout: 20 }).submit(10_000)
      later.sync(100)
      assert.equal(future.state, 'rejected')
      assert.instanceOf(
        thrown(() => future.result()),
        TimeoutError,
      )
    },
  },
  {
    name: 'timeouts: a wrong one is refused by name before anything is sent',
    needs: {},
    async run(context) {
      const { count, later } = startTasks(context)
      for (const timeout of [-1, Number.NaN, Number.NEGATIVE_INFINITY]) {
        const error = thrown(() => count.with({ timeout }).sync())
        assert.instanceOf(error, RangeError)
        assert.match(error.message, /timeout/)
      }
      for (const timeout of ['100', null, {}, 5n]) {
        const error = thrown(() => count.with({ timeout: timeout as never }))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, /timeout/)
      }
      assert.instanceOf(
        thrown(() => later.submit(0).result(-1)),
        RangeError,
      )
      assert.instanceOf(
        thrown(() => later.submit(0).result({ timeout: Number.NaN })),
        RangeError,
      )
      const unknown = thrown(() => count.with({ timeOut: 5 } as never))
      assert.instanceOf(unknown, TypeError)
      assert.match(unknown.message, /"timeOut".*timeout/)
      assert.equal(count.sync(), 1, 'nothing was sent')
    },
  },
  {
    name: 'timeouts: of a native pair, only the asynchronous half can have one',
    needs: {},
    async run() {
      const pair = dual({
        sync: () => 'sync',
        async: (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, 'async')),
      })
      assert.equal(pair.sync(), 'sync')
      assert.equal(await pair.with({ timeout: 5_000 }).async(1), 'async')
      const error = await blocking(() => thrown(() => pair.with({ timeout: 5 }).sync()))
      assert.instanceOf(error, NotSupportedError)
      assert.match(error.message, /timeout/)
      const expired = await pair
        .with({ timeout: 10 })
        .async(500)
        .catch((reason: unknown) => reason)
      assert.instanceOf(expired, TimeoutError)
      assert.instanceOf(
        await blocking(() => thrown(() => pair.with({ timeout: 10 }).submit(500).result())),
        TimeoutError,
      )
    },
  },
]
