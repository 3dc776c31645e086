import {
  type Measured,
  type Placement,
  placements,
  type Report,
  type ReportedScenario,
  type Result,
} from '../../report-data.ts'
import type { Identity } from './identity.ts'

/** What the reader has chosen to see. */
export interface Selection {
  readonly placements: ReadonlySet<Placement>
  /** Names of contestants that are not shown. */
  readonly hidden: ReadonlySet<string>
}

/** What every part of the page is given. */
export interface View {
  readonly report: Report
  readonly identities: ReadonlyMap<string, Identity>
  readonly selection: Selection
}

export const placementTitles: Readonly<Record<Placement, string>> = {
  free: 'Free: threads where the system puts them',
  pinned: 'Pinned: all threads on one core',
  busy: 'Busy: every core has other work',
}

/** The placements of the report, in the order in which they are always told. */
export function placementsOf(results: readonly Result[]): Placement[] {
  return placements.filter((placement) => results.some((one) => one.placement === placement))
}

export function chosenResults({ report, selection }: View, scenario?: ReportedScenario): Result[] {
  return report.results.filter(
    (one) =>
      (scenario === undefined || one.scenario === scenario.name) &&
      selection.placements.has(one.placement) &&
      !selection.hidden.has(one.contestant),
  )
}

/** A result that is a figure. */
export interface Figure {
  readonly contestant: string
  readonly placement: Placement
  readonly parameter: number | undefined
  readonly measured: Measured
}

export function figuresOf(results: readonly Result[]): Figure[] {
  return results.flatMap(({ contestant, placement, parameter, outcome }) =>
    outcome.kind === 'measured' ? [{ contestant, placement, parameter, measured: outcome }] : [],
  )
}
