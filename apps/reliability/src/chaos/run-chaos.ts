import { runProgram } from '../run-program.ts'
import type { ChaosReport } from './chaos-report.ts'
import type { Totals } from './ledger.ts'

export interface ChaosOutcome {
  readonly totals: Totals | undefined
  /** Nothing, where all is well. */
  readonly problems: readonly string[]
}

/** Enough for a heap to be full soon, in megabytes. */
const heapLimit = 128

/** Longest time without a step, in milliseconds: a watchdog's limit. */
const silence = 90_000

/** One chaos run, in a process of its own and under a watchdog. */
export async function runChaos(configuration: string, seconds: number, seed: number): Promise<ChaosOutcome> {
  const problems: string[] = []
  let totals: Totals | undefined
  let step = 0
  const args = [configuration, String(seconds), String(seed)]
  const { exitCode, signal, hung, stderr } = await runProgram('chaos', args, {
    limit: silence,
    nodeOptions: `--max-old-space-size=${heapLimit}`,
    onLine(line) {
      const report: ChaosReport = JSON.parse(line)
      if ('step' in report) step = report.step
      else if ('problem' in report) problems.push(report.problem)
      else totals = report.totals
    },
  })
  if (hung) problems.push(`it hangs in or after step ${step}`)
  else if (exitCode !== 0 || totals === undefined) {
    problems.push(`its process ended by ${signal ?? exitCode} in or after step ${step}: ${stderr.slice(-2_000)}`)
  }
  return { totals, problems }
}
