import { fewestRounds } from './ranks.ts'
import type { Measured, Placement, Report, Result } from './report-data.ts'

/** A result that differs from that of an earlier report by more than noise. */
export interface Change {
  readonly scenario: string
  readonly contestant: string
  readonly placement: Placement
  readonly parameter?: number
  readonly kind: 'better' | 'worse' | 'fails now' | 'works now'
  /** The ratio to the baseline with its interval, or what the row said. */
  readonly before: string
  readonly after: string
}

/**
 * What changed from one report to another.
 *
 * Machines differ from day to day, so ratios to the baseline are compared, each with its interval: one has changed if
 * the two intervals have nothing in common. What only one of the reports has is left out, as is the baseline itself, and
 * what has too few processes for an interval to be worth anything.
 */
export function compareReports(before: Report, after: Report): readonly Change[] {
  const old = new Map(before.results.map((result) => [place(result), result]))
  return after.results.flatMap((result) => {
    const earlier = old.get(place(result))
    if (earlier === undefined || baselineOf(before, earlier) !== baselineOf(after, result)) return []
    const change = compareOutcomes(earlier.outcome, result.outcome, isLowerBetter(after, result))
    if (change === undefined) return []
    const { scenario, contestant, placement, parameter } = result
    return [{ scenario, contestant, placement, ...(parameter === undefined ? {} : { parameter }), ...change }]
  })
}

/** @throws {TypeError} if it is not a report, or one of another format */
export function parseReport(text: string): Report {
  let report: unknown
  try {
    report = JSON.parse(text)
  } catch (cause) {
    throw new TypeError('it is not JSON', { cause })
  }
  if (!isReport(report)) throw new TypeError('it is not a report of format 1, as --json writes it')
  return report
}

function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false
  const { format, results, scenarios } = value as Partial<Report>
  return format === 1 && Array.isArray(results) && Array.isArray(scenarios)
}

function place({ scenario, contestant, placement, parameter }: Result): string {
  return JSON.stringify([scenario, contestant, placement, parameter])
}

function baselineOf(report: Report, { scenario }: Result): string | undefined {
  return report.scenarios.find(({ name }) => name === scenario)?.baseline
}

function isLowerBetter(report: Report, { scenario }: Result): boolean {
  return report.scenarios.find(({ name }) => name === scenario)?.better !== 'higher'
}

type Outcome = Result['outcome']

function compareOutcomes(
  before: Outcome,
  after: Outcome,
  isLowerBetter: boolean,
): Pick<Change, 'kind' | 'before' | 'after'> | undefined {
  if (before.kind === 'measured' && after.kind === 'measured') {
    const [was, is] = [before.ratio, after.ratio]
    if (was === undefined || is === undefined || Math.min(before.processes, after.processes) < fewestRounds)
      return undefined
    if (is.low <= was.high && was.low <= is.high) return undefined
    const kind = is.value < was.value === isLowerBetter ? 'better' : 'worse'
    return { kind, before: showRatio(was), after: showRatio(is) }
  }
  if (before.kind === 'measured') return { kind: 'fails now', before: 'measured', after: say(after) }
  if (after.kind === 'measured') return { kind: 'works now', before: say(before), after: 'measured' }
  return undefined
}

function say(outcome: Outcome): string {
  if (outcome.kind === 'failed') return outcome.error
  return outcome.kind === 'not supported' ? outcome.why : 'measured'
}

/** With its interval, in as many digits as say something. */
export function showRatio({ value, low, high }: NonNullable<Measured['ratio']>): string {
  return `${digits(value)} (${digits(low)} to ${digits(high)})`
}

/** Three digits that count, and no exponent. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const rounded = Number(value.toPrecision(3))
  return Math.abs(rounded) >= 100 ? rounded.toFixed(0) : String(rounded)
}
