import { inMacrotask } from 'ambisync/bench/cell'
import type { Calls, Contestant, Task } from '../contestants/contestant.ts'
import { notSupported } from '../contestants/not-supported.ts'
import type { TaskName } from '../tasks/dispatch.js'

/** Imports and starts it. */
export async function startContestant(contestant: Contestant): Promise<Calls> {
  const start = await contestant.load()
  return await inMacrotask(start)
}

/** @throws {NotSupportedError} if it has nothing but HTTP */
export function taskOf(calls: Calls, name: TaskName): Task {
  if (calls.task === undefined) throw notSupported('has nothing but HTTP')
  return calls.task(name)
}
