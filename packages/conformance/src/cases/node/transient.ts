import { AbortError, gather, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../../blocking.ts'
import type { Case, Needs } from '../../case.ts'
import { call, inEachMode, thrownBy } from '../../modes.ts'
import { loadTasks, startTasks } from '../../tasks.ts'
import { rejection } from '../../thrown.ts'
import { withFolder } from '../../with-folder.ts'

/** Of loops that are not resident: each call is by itself, and what it leaves behind is gone with it. */
const needs: Needs = { resident: undefined }

export const transient: readonly Case[] = [
  ...inEachMode('transient: no call sees the state that another has left', needs, async (context, mode) => {
    const loop = context.startLoop()
    for (let time = 0; time < 3; time++) assert.equal(await call(loadTasks(loop).count, mode), 1)
  }),
  {
    name: 'transient: calls under way together share nothing, and run at the same time',
    needs,
    async run(context) {
      const { countAfter, meet } = startTasks(context)
      assert.deepEqual(gather([1, 2, 3].map(() => countAfter.submit(50))).result(), [1, 1, 1])
      // Neither comes to its end before the other has begun.
      await withFolder(async (folder) => {
        assert.deepEqual(gather([meet.submit(folder, 'a', 'b'), meet.submit(folder, 'b', 'a')]).result(), ['b', 'a'])
        assert.deepEqual(await Promise.all([meet.async(folder, 'c', 'd'), meet.async(folder, 'd', 'c')]), ['d', 'c'])
      })
    },
  },
  {
    name: 'transient: 40 calls submitted together run once each, and each gets its own answer',
    needs,
    async run(context) {
      const { echo } = startTasks(context)
      const futures = Array.from({ length: 40 }, (_, id) => echo.submit(id))
      const cancelled = futures.filter((_, id) => id % 3 === 2)
      for (const future of cancelled) future.cancel()
      assert.deepEqual(
        futures.map((future) => future.outcome()).map((outcome) => outcome.status === 'fulfilled' && outcome.value),
        futures.map((_, id) => (id % 3 === 2 ? false : id)),
      )
    },
  },
  ...inEachMode(
    'transient: a call that is stuck for good is killed at its cancellation, and concerns no other',
    { ...needs, kill: true },
    async (context, mode) => {
      // Far more than the time that a case has: nothing waits for it.
      const { spin, later, echo } = loadTasks(context.startLoop({ grace: 3_600_000 }))
      const beside = later.submit(100, 'beside it')
      assert.instanceOf(await thrownBy(spin.with({ timeout: 150 }), mode), TimeoutError)
      const awaited = spin.submit()
      const aborted = rejection(awaited)
      awaited.cancel()
      assert.instanceOf(await aborted, AbortError)
      assert.equal(await call(echo, mode, 'next'), 'next')
      assert.equal(await blocking(() => beside.result()), 'beside it')
    },
  ),
]
