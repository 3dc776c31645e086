import { runtimeName } from '../runtime-name.ts'
import type { Probe, ProbeOutcome } from './probe.ts'
import { runtimeProbes, strategyProbes } from './probes.ts'
import { runProbe } from './run-probe.ts'

/** What the doctor found: the shape of `ambisync doctor --json`. */
export interface Diagnosis {
  readonly format: 1
  readonly runtime: string
  readonly platform: string
  /** At least one strategy has blocked and got its result. */
  readonly canBlock: boolean
  readonly checks: readonly Check[]
}

export interface Check {
  readonly name: string
  readonly title: string
  /** What it is good for. */
  readonly purpose: string
  /** A capability of the runtime, or a strategy that stands on it. */
  readonly kind: 'runtime' | 'strategy'
  readonly status: ProbeOutcome['status']
  /** What was seen. */
  readonly detail: string
  /** How long it took, with the start of a process to try it in. */
  readonly milliseconds: number
  /** What to do about it, where it does not work. */
  readonly remedy?: string
}

/** How long a probe may take, in milliseconds, before it is said to hang. */
export const defaultPatience = 15_000

/** Tries everything, one after the other, so that they do not slow one another down. */
export async function diagnose(patience: number, onCheck: (check: Check) => void): Promise<Diagnosis> {
  const checks: Check[] = []
  const run = async (probe: Probe, kind: Check['kind']): Promise<void> => {
    const { name, title, purpose } = probe
    const outcome = await runProbe(probe, patience)
    const remedy = outcome.status === 'works' ? {} : { remedy: await probe.remedy(outcome) }
    const check: Check = { name, title, purpose, kind, ...outcome, ...remedy }
    checks.push(check)
    onCheck(check)
  }
  for (const probe of runtimeProbes) await run(probe, 'runtime')
  for (const probe of strategyProbes) await run(probe, 'strategy')
  const canBlock = checks.some(({ kind, status }) => kind === 'strategy' && status === 'works')
  return { format: 1, runtime: runtimeName(), platform: `${process.platform}-${process.arch}`, canBlock, checks }
}
