import { DeadlockError, LoopStoppedError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, type Needs, ownRealm } from '../case.ts'
import { randomNumbers } from '../random-numbers.ts'
import { loadTasks, startTasks } from '../tasks.ts'
import { thrown } from '../thrown.ts'

const needs: Needs = { callbacks: true }

export const deadlocks: readonly Case[] = [
  {
    name: 'deadlocks: a callback that its loop is blocked for cannot wait for that loop',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const { mapSync, echo } = startTasks(context)
      const error = thrown(() => mapSync.sync([1], () => echo.sync('never runs')))
      assert.instanceOf(error, DeadlockError)
      assert.equal(error.code, 'ERR_AMBISYNC_DEADLOCK')
      assert.match(error.message, /the loop "loop-\d+".*args\[1\] of mapSync.*echo/)
      assert.equal(echo.sync('next'), 'next')
    },
  },
  {
    name: 'deadlocks: nor for a call that began before it',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const { mapSync, later } = startTasks(context)
      const before = later.submit(10, 'before')
      assert.instanceOf(
        thrown(() => mapSync.sync([1], () => before.result())),
        DeadlockError,
      )
      assert.equal(before.result(), 'before')
    },
  },
  {
    name: 'deadlocks: a cycle over two loops is seen where it closes',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const first = startTasks(context)
      const second = startTasks(context)
      let inner: unknown
      first.mapSync.sync([1], () => {
        second.mapSync.sync([1], () => {
          inner = thrown(() => first.echo.sync(1))
        })
      })
      assert.instanceOf(inner, DeadlockError)
      assert.equal(first.echo.sync(1), 1)
      assert.equal(second.echo.sync(2), 2)
    },
  },
  {
    name: 'deadlocks: also while the promise that a callback returned is not settled',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const { mapSync, echo } = startTasks(context)
      let inside: unknown
      const outer = mapSync.async([1], async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        inside = await blocking(() => thrown(() => echo.sync('never runs')))
        return 'settled'
      })
      assert.deepEqual(await outer, ['settled'])
      assert.instanceOf(inside, DeadlockError)
      assert.equal(await blocking(() => echo.sync('next')), 'next')
    },
  },
  {
    name: 'deadlocks: a callback that its loop is blocked for cannot wait for that loop to stop',
    needs,
    async run(context) {
      const loop = context.startLoop()
      const { mapSync } = loadTasks(loop)
      const error = thrown(() => mapSync.sync([1], () => loop.stopSync()))
      assert.instanceOf(error, DeadlockError)
      await loop.stop()
      assert.equal(loop.state, 'stopped')
    },
  },
  {
    name: 'deadlocks: there is none where a loop waits for its callback without blocking, or for another loop',
    needs,
    async run(context) {
      const first = startTasks(context)
      const second = startTasks(context)
      assert.deepEqual(
        first.mapAsync.sync([1], () => first.echo.sync('same loop')),
        ['same loop'],
      )
      assert.deepEqual(
        first.mapSync.sync([1], () => second.echo.sync('other loop')),
        ['other loop'],
      )
    },
  },
  {
    name: 'deadlocks: every random graph of blocking and awaiting calls ends, in results or in DeadlockError',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const loops = [startTasks(context), startTasks(context), startTasks(context)]
      const random = randomNumbers(99)
      let deadlocksSeen = 0
      let blockedOn: number[] = []
      const dive = (depth: number): string => {
        const index = random(3)
        const { mapSync, mapAsync, echo } = loops[index] ?? startTasks(context)
        const isCycle = blockedOn.includes(index)
        const before = blockedOn
        try {
          if (depth === 0) echo.sync('leaf')
          else if (random(2) === 0) mapAsync.sync([1], () => dive(depth - 1))
          else {
            mapSync.sync([1], () => {
              blockedOn = [...before, index]
              return dive(depth - 1)
            })
          }
          assert.isFalse(isCycle, 'a cycle was not seen')
        } catch (error) {
          if (!(error instanceof DeadlockError)) throw error
          assert.isTrue(isCycle, 'there was no cycle')
          deadlocksSeen++
        } finally {
          blockedOn = before
        }
        return 'ended'
      }
      for (let graph = 0; graph < 200; graph++) assert.equal(dive(4), 'ended')
      assert.isAbove(deadlocksSeen, 10)
    },
  },
  {
    name: 'deadlocks: none, if the time for a stop is limited: what it would wait for for ever is killed',
    needs: { ...needs, kill: true },
    async run(context) {
      const loop = context.startLoop()
      const outer = thrown(() =>
        loadTasks(loop).mapSync.sync([1], () => {
          assert.instanceOf(
            thrown(() => loop.stopSync({ timeout: 50 })),
            TimeoutError,
          )
        }),
      )
      assert.instanceOf(outer, LoopStoppedError)
      assert.equal(loop.state, 'stopped')
    },
  },
]
