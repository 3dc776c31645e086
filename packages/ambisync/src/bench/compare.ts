import { showRatio } from './digits.ts'
import { fewestRounds } from './ranks.ts'
import type { Placement, Report, Result } from './report-data.ts'

/** A result that differs from that of an earlier report by more than noise. */
export interface Change {
  readonly scenario: string
  readonly contestant: string
  readonly placement: Placement
  readonly parameter?: number
  readonly kind: 'better' | 'worse' | 'fails now' | 'works now'
  /** The ratio to the baseline with its interval, or the error. */
  readonly before: string
  readonly after: string
}

export interface Comparison {
  /** How many rows could be compared. */
  readonly compared: number
  readonly changes: readonly Change[]
  /** What else is not as it was, and may be why: `runtime: Node.js v20.20.2, now Node.js v24.1.0`. */
  readonly circumstances: readonly string[]
}

/**
 * What changed from one report to another.
 *
 * Machines differ from day to day, so ratios to the baseline are compared, each with its interval: one has changed if
 * the two intervals have nothing in common. What only one of the reports has is left out, as is the baseline itself, what
 * has too few processes for an interval to be worth anything, and what a contestant does not claim to do.
 */
export function compareReports(before: Report, after: Report): Comparison {
  const old = new Map(before.results.map((result) => [place(result), result]))
  const pairs = after.results.flatMap((now) => {
    const was = old.get(place(now))
    return was !== undefined && baselineOf(before, was) === baselineOf(after, now) && areComparable(was, now)
      ? [{ was, now }]
      : []
  })
  return {
    compared: pairs.length,
    changes: pairs.flatMap(({ was, now }) => changeOf(was, now) ?? []),
    circumstances: circumstances(before, after),
  }
}

function place({ scenario, contestant, placement, parameter }: Result): string {
  return JSON.stringify([scenario, contestant, placement, parameter])
}

function baselineOf(report: Report, { scenario }: Result): string | undefined {
  return report.scenarios.find(({ name }) => name === scenario)?.baseline
}

function areComparable({ outcome: was }: Result, { outcome: now }: Result): boolean {
  if (was.kind === 'not supported' || now.kind === 'not supported') return false
  if (was.kind === 'failed' || now.kind === 'failed') return true
  const hasIntervals = was.ratio !== undefined && now.ratio !== undefined
  return hasIntervals && Math.min(was.processes, now.processes) >= fewestRounds
}

function changeOf({ outcome: was }: Result, now: Result): Change | undefined {
  const { scenario, contestant, placement, parameter, outcome } = now
  const where = { scenario, contestant, placement, ...(parameter === undefined ? {} : { parameter }) }
  if (was.kind === 'failed') {
    return outcome.kind === 'measured'
      ? { ...where, kind: 'works now', before: was.error, after: 'measured' }
      : undefined
  }
  if (outcome.kind === 'failed') return { ...where, kind: 'fails now', before: 'measured', after: outcome.error }
  if (was.kind !== 'measured' || outcome.kind !== 'measured' || !was.ratio || !outcome.ratio) return undefined
  if (outcome.ratio.low <= was.ratio.high && was.ratio.low <= outcome.ratio.high) return undefined
  const kind = outcome.ratio.value < was.ratio.value ? 'better' : 'worse'
  return { ...where, kind, before: showRatio(was.ratio), after: showRatio(outcome.ratio) }
}

function circumstances(before: Report, after: Report): readonly string[] {
  const baselines = [...new Set(after.scenarios.map(({ baseline }) => baseline))]
  const facts: readonly (readonly [name: string, of: (report: Report) => string | undefined])[] = [
    ['runtime', ({ runtime }) => runtime],
    ['processor', ({ machine }) => `${machine.processor}, ${machine.cores} cores`],
    ['time of each process', ({ effort }) => `${effort.time} ms after ${effort.warmUp} ms`],
    ...baselines.map(
      (baseline) =>
        [baseline, ({ contestants }: Report) => contestants.find(({ name }) => name === baseline)?.version] as const,
    ),
  ]
  return facts.flatMap(([name, of]) => {
    const [was, is] = [of(before), of(after)]
    return was === undefined || is === undefined || was === is ? [] : [`${name}: ${was}, now ${is}`]
  })
}
