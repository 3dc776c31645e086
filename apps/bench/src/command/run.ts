import { fileURLToPath } from 'node:url'
import { abortOnSignals, type Plan, type Report, runPlan, showProgress } from 'ambisync/bench'
import type { Contestant } from '../contestants/contestant.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { reportContestants } from './report-contestants.ts'
import type { Runtime } from './runtime.ts'

export interface Choice extends Pick<Plan, 'placements' | 'processes' | 'effort' | 'budget'> {
  readonly scenarios: readonly Scenario[]
  readonly contestants: readonly Contestant[]
  readonly runtime: Runtime
}

/** Measures what was chosen, with a bar on a terminal. Ctrl-C ends all processes with it. */
export async function run({ contestants, ...choice }: Choice): Promise<Report> {
  const interruption = abortOnSignals()
  const shared: { end(): void }[] = []
  const progress = showProgress()
  let exitCode: number | undefined
  try {
    for (const { share } of choice.scenarios) if (share !== undefined) shared.push(await share())
    return await runPlan(
      {
        ...choice,
        contestants: await reportContestants(contestants, choice.runtime),
        script: fileURLToPath(new URL('../measure-cell.js', import.meta.url)),
        signal: interruption.signal,
      },
      progress.update,
    )
  } catch (error) {
    exitCode = interruption.exitCode()
    if (exitCode === undefined) throw error
  } finally {
    progress.stop()
    interruption.stop()
    for (const one of shared) one.end()
  }
  process.exit(exitCode)
}
