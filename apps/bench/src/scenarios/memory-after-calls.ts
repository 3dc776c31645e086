import { canPin, inMacrotask } from 'ambisync/bench/cell'
import type { Calls, Task } from '../contestants/contestant.ts'
import { notSupported } from '../contestants/not-supported.ts'
import { readUsage } from './process-tree.ts'
import type { Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { checkSame } from './wrong-answer.ts'

const count = 100_000
/** Milliseconds of calls from which the time for all is estimated. */
const probe = 1_000
/** Milliseconds for all. */
const longest = 90_000

export const scenario: Scenario = {
  name: 'memory-after-calls',
  title: `resident memory of a loop after ${count.toLocaleString('en')} calls`,
  unit: 'MiB',
  baseline: 'synckit',
  // Where calls are fastest: there are many.
  placements: [canPin ? 'pinned' : 'free'],
  timeout: 180_000,
  async measure(contestant) {
    const before = readUsage().memoryMiB
    const calls = await startContestant(contestant)
    const echo = taskOf(calls, 'echo')
    await callUntil(calls, echo, 1, Number.POSITIVE_INFINITY)
    const begin = performance.now()
    const made = await callUntil(calls, echo, count, begin + probe)
    const total = ((performance.now() - begin) * count) / made
    if (total > longest) throw notSupported(`so many calls would take about ${Math.round(total / 60_000)} minutes`)
    await callUntil(calls, echo, count - made, Number.POSITIVE_INFINITY)
    return [readUsage().memoryMiB - before]
  },
}

/** How many calls were made by then, at least one. */
async function callUntil({ isAsync }: Calls, echo: Task, most: number, deadline: number): Promise<number> {
  const value = (call: number) => ({ id: call, name: `name ${call}` })
  const check = (call: number, result: unknown) => checkSame(call, (result as ReturnType<typeof value>).id)
  let made = 0
  const isOver = (): boolean => made >= most || (made > 0 && performance.now() >= deadline)
  if (isAsync) {
    for (; !isOver(); made++) check(made, await echo(value(made)))
  } else {
    await inMacrotask(() => {
      for (; !isOver(); made++) check(made, echo(value(made)))
    })
  }
  return made
}
