import { fileURLToPath } from 'node:url'
import { type Plan, type Report, runPlan, showProgress } from 'ambisync/bench'
import type { Contestant } from '../contestants/contestant.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { reportContestants } from './report-contestants.ts'
import type { Runtime } from './runtime.ts'

export interface Choice extends Pick<Plan, 'placements' | 'processes' | 'effort' | 'budget'> {
  readonly scenarios: readonly Scenario[]
  readonly contestants: readonly Contestant[]
  readonly runtime: Runtime
}

class Interrupted extends Error {}

/** Measures what was chosen, with a bar on a terminal. Ctrl-C ends all processes with it. */
export async function run({ contestants, ...choice }: Choice): Promise<Report> {
  const interrupt = new AbortController()
  const onInterrupt = (): void => interrupt.abort(new Interrupted())
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt)
  const shared = await Promise.all(choice.scenarios.map(({ share }) => share?.()))
  const endShared = (): void => {
    for (const one of shared) one?.end()
  }
  const progress = showProgress()
  try {
    return await runPlan(
      {
        ...choice,
        contestants: await reportContestants(contestants, choice.runtime),
        script: fileURLToPath(new URL('../measure-cell.js', import.meta.url)),
        signal: interrupt.signal,
      },
      progress.update,
    )
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    progress.stop()
    endShared()
    process.exit(130)
  } finally {
    progress.stop()
    endShared()
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt)
  }
}
