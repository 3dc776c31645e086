import { type Adapter, type Loop, startLoop, startPool } from '@ambisync/core'
import { blocking } from './blocking.ts'
import type { Case, CaseContext } from './case.ts'

/** Runs a case from a macrotask, and kills the loops that it leaves behind. Rejects with what is wrong. */
export async function runCase(
  testCase: Case,
  adapter: Adapter,
  runProgram: CaseContext['runProgram'] = async () => {
    throw new Error('there are no child processes here; leave the cases of `processCases` out')
  },
): Promise<void> {
  const leftovers: (() => Promise<void>)[] = []
  const stopLater = <L extends Loop>(loop: L): L => {
    leftovers.push(() => loop.stop({ timeout: 0 }).catch(() => {}))
    return loop
  }
  const context: CaseContext = {
    adapter,
    runProgram,
    startLoop: (options = {}) => stopLater(startLoop({ adapter, ...options })),
    startPool: (options = {}) => stopLater(startPool({ adapter, size: 2, ...options })),
  }
  try {
    await (await blocking(() => ({ run: testCase.run(context) }))).run
  } finally {
    for (const stop of leftovers) await stop()
  }
}
