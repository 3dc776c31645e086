import { type Adapter, startLoop } from '@ambisync/core'
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
  await new Promise((resolve) => setTimeout(resolve, 0))
  try {
    await testCase.run({
      adapter,
      runProgram,
      startLoop(options = {}) {
        const loop = startLoop({ adapter, ...options })
        leftovers.push(() => loop.stop({ timeout: 0 }).catch(() => {}))
        return loop
      },
    })
  } finally {
    for (const stop of leftovers) await stop()
  }
}
