import { ratioOfMedians } from './bootstrap.ts'
import type { CellOutcome, MeasuredCell } from './cell-data.ts'
import { median, quantiles } from './quantiles.ts'
import { findBetter } from './ranks.ts'
import type { Measured, Placement, ReportedScenario, Result } from './report-data.ts'

/** All that was measured of one contestant in one place: what came of its process in each round. */
interface Series {
  readonly contestant: string
  readonly outcomes: readonly CellOutcome[]
}

/** What has been measured side by side: its contestants are compared with each other. */
export interface Group {
  readonly scenario: ReportedScenario
  readonly placement: Placement
  readonly parameter?: number | undefined
  readonly series: readonly Series[]
}

/** A result for each contestant of a group. One process that failed, or measured nothing, speaks for the contestant. */
export function makeResults({ scenario, placement, parameter, series }: Group): readonly Result[] {
  const measured = series.flatMap(({ contestant, outcomes }) => {
    const cells = outcomes.filter((outcome) => outcome.kind === 'measured')
    const complete = cells.length === outcomes.length && cells.length > 0
    return complete ? [{ contestant, cells, figures: cells.map(({ samples }) => median(samples)) }] : []
  })
  const better = findBetter(measured)
  const baseline = measured.find(({ contestant }) => contestant === scenario.baseline)
  return series.flatMap(({ contestant, outcomes }): readonly Result[] => {
    const where = { scenario: scenario.name, contestant, placement, ...(parameter === undefined ? {} : { parameter }) }
    const other = outcomes.find((outcome) => outcome.kind !== 'measured')
    if (other !== undefined) return [{ ...where, outcome: other }]
    const own = measured.find((one) => one.contestant === contestant)
    if (own === undefined) return []
    const behind = better.get(contestant)
    const outcome: Measured = {
      ...summarize(own.cells, own.figures),
      ...(baseline === undefined || baseline === own ? {} : { ratio: ratioOfMedians(own.figures, baseline.figures) }),
      ...(behind === undefined ? {} : { behind, rank: 1 + behind.length }),
    }
    return [{ ...where, outcome }]
  })
}

/** The median is that of the processes' medians, as ratios and ranks are. In the rest, processes weigh alike. */
function summarize(cells: readonly MeasuredCell[], figures: readonly number[]): Omit<Measured, 'ratio' | 'rank'> {
  const thousandths = quantiles(
    cells.flatMap(({ samples }) => quantiles(samples, 1_000)),
    1_000,
  )
  const at = (part: number): number => rounded(thousandths[part] ?? Number.NaN)
  return {
    kind: 'measured',
    processes: cells.length,
    samples: cells.reduce((sum, { count }) => sum + count, 0),
    figures: figures.map(rounded),
    p50: rounded(median(figures)),
    p90: at(900),
    p99: at(990),
    max: at(1_000),
    quantiles: thousandths.filter((_, index) => index % 10 === 0).map(rounded),
  }
}

/** More digits than noise leaves any sense in would only make reports big. */
function rounded(value: number): number {
  return Number(value.toPrecision(5))
}
