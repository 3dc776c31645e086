import { timeCalls } from 'ambisync/bench/cell'
import type { Calls, Task } from '../contestants/contestant.ts'
import type { TaskName } from '../tasks/dispatch.js'
import type { Order } from './scenario.ts'
import { taskOf } from './start-contestant.ts'
import { wrongAnswer } from './wrong-answer.ts'

type All = NonNullable<Calls['all']>

/**
 * Calls of one task with several arguments, and the time until all are there, in milliseconds.
 * Contestants that have no way of making them at once make one after the other, as their users have to.
 */
export async function timeAll(
  calls: Calls,
  all: All | undefined,
  task: { readonly name: TaskName; readonly argumentLists: readonly (readonly unknown[])[] },
  expected: readonly unknown[],
  { effort }: Order,
): Promise<ArrayLike<number>> {
  const { name, argumentLists } = task
  const run = all ?? inTurn(taskOf(calls, name), calls.isAsync === true)
  return await timeCalls({
    call: () => run(name, argumentLists),
    check(results) {
      const isRight =
        Array.isArray(results) &&
        results.length === expected.length &&
        expected.every((value, index) => Object.is(value, results[index]))
      if (!isRight) throw wrongAnswer(expected, results)
    },
    isAsync: calls.isAsync === true,
    effort,
  })
}

function inTurn(task: Task, isAsync: boolean): All {
  if (!isAsync) return (_, lists) => lists.map((args) => task(...args))
  return async (_, lists) => {
    const results: unknown[] = []
    for (const args of lists) results.push(await task(...args))
    return results
  }
}
