import { inMacrotask } from 'ambisync/bench'
import type { Calls } from '../contestants/contestant.ts'
import { notSupported } from '../contestants/not-supported.ts'
import { readUsage } from './process-tree.ts'
import type { Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { checkSame } from './wrong-answer.ts'

const count = 100_000
const probe = 20
/** Milliseconds for all. */
const longest = 60_000

export const scenario: Scenario = {
  name: 'memory-after-calls',
  title: `resident memory of a loop after ${count.toLocaleString('en')} calls`,
  unit: 'MiB',
  better: 'lower',
  baseline: 'synckit',
  placements: ['free'],
  timeout: 120_000,
  async measure(contestant) {
    const before = readUsage().memoryMiB
    const calls = await startContestant(contestant)
    const echo = taskOf(calls, 'echo')
    await callMany(calls, echo, 1)
    const begin = performance.now()
    await callMany(calls, echo, probe)
    const total = ((performance.now() - begin) * count) / probe
    if (total > longest) throw notSupported(`so many calls would take about ${Math.round(total / 60_000)} minutes`)
    await callMany(calls, echo, count - probe - 1)
    return [readUsage().memoryMiB - before]
  },
}

async function callMany({ isAsync }: Calls, echo: (value: unknown) => unknown, count: number): Promise<void> {
  const value = (call: number) => ({ id: call, name: `name ${call}` })
  const check = (call: number, result: unknown) => checkSame(call, (result as ReturnType<typeof value>).id)
  if (isAsync) {
    for (let call = 0; call < count; call++) check(call, await echo(value(call)))
  } else {
    await inMacrotask(() => {
      for (let call = 0; call < count; call++) check(call, echo(value(call)))
    })
  }
}
