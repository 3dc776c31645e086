import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LoopExitError } from '@ambisync/core'
import { assert } from 'chai'
import type { Case, Needs } from '../../case.ts'
import { freshId } from '../../fresh-id.ts'
import { call, inEachMode, modes, thrownBy } from '../../modes.ts'
import { loadTasks, startTasks } from '../../tasks.ts'
import { withFolder } from '../../with-folder.ts'

const needs: Needs = { durable: true }

/** Gives `run` a path for the task `markRun`, and how often that has run with it. */
function countingRuns(run: (path: string, count: () => number) => Promise<void>): Promise<void> {
  return withFolder((folder) => {
    const path = join(folder, 'runs')
    return run(path, () => readFileSync(path, 'utf8').split('\n').length - 1)
  })
}

/** Which run threw it. */
function throwingRun(error: unknown): unknown {
  assert.instanceOf(error, RangeError)
  assert.equal(error.message, 'on purpose')
  assert.property(error, 'run')
  return Reflect.get(error, 'run')
}

export const durableOnNode: readonly Case[] = [
  ...inEachMode('durable: a call that has returned does not run again, and has its value', needs, (context, mode) =>
    countingRuns(async (path, count) => {
      const loop = context.startLoop()
      const tasks = loadTasks(loop)
      const id = freshId()
      const value = await call(tasks.markRun.with({ id }), mode, path, 'return')
      loop.restart()
      for (const { markRun } of [tasks, startTasks(context)]) {
        for (const again of modes) assert.equal(await call(markRun.with({ id }), again, path, 'return'), value)
      }
      assert.equal(count(), 1)
      assert.notEqual(await call(tasks.markRun, mode, path, 'return'), value)
      assert.equal(count(), 2)
    }),
  ),
  ...inEachMode('durable: a call that has thrown does not run again, and throws the same', needs, (context, mode) =>
    countingRuns(async (path, count) => {
      const loop = context.startLoop()
      const tasks = loadTasks(loop)
      const id = freshId()
      const run = throwingRun(await thrownBy(tasks.markRun.with({ id }), mode, path, 'throw'))
      loop.restart()
      for (const { markRun } of [tasks, startTasks(context)]) {
        for (const again of modes) {
          assert.equal(throwingRun(await thrownBy(markRun.with({ id }), again, path, 'throw')), run)
        }
      }
      assert.equal(count(), 1)
    }),
  ),
  ...inEachMode(
    'durable: a call that ended its loop does not run again, and ends in the same way',
    { ...needs, survives: ['exit'] },
    (context, mode) =>
      countingRuns(async (path, count) => {
        const tasks = startTasks(context)
        const id = freshId()
        for (const { markRun } of [tasks, tasks, startTasks(context)]) {
          const error = await thrownBy(markRun.with({ id }), mode, path, 'exit')
          assert.instanceOf(error, LoopExitError)
          assert.equal(error.exitCode, 3)
          assert.equal(count(), 1)
        }
        assert.equal(await call(tasks.echo, mode, 'next'), 'next')
      }),
  ),
  ...(['return', 'throw'] as const).flatMap((how) =>
    inEachMode(
      `durable: calls of one id at the same time run once, and all have what came of that: ${how}`,
      needs,
      (context, mode) =>
        countingRuns(async (path, count) => {
          const { markRun } = startTasks(context)
          const other = startTasks(context).markRun
          const id = freshId()
          // Long enough for all of them to be made meanwhile.
          const args = [path, how, 300] as const
          const futures = [markRun.with({ id }).submit(...args), markRun.with({ id }).submit(...args)]
          const outcomes = await Promise.allSettled([call(other.with({ id }), mode, ...args), ...futures])
          const runs = outcomes.map((outcome) => {
            assert.equal(outcome.status, how === 'return' ? 'fulfilled' : 'rejected')
            return outcome.status === 'fulfilled' ? outcome.value : throwingRun(outcome.reason)
          })
          assert.deepEqual(runs, [runs[0], runs[0], runs[0]])
          assert.equal(count(), 1)
        }),
    ),
  ),
]
