import Table from 'cli-table3'
import { type Change, digits, showRatio } from './compare.ts'
import type { Report, ReportedScenario, Result } from './report-data.ts'

export interface TableOptions {
  /** Colours and rules are for terminals. Default: false. */
  readonly colors?: boolean
}

/** A report for a terminal: a table for each scenario. */
export function reportTables(report: Report, options: TableOptions = {}): string {
  const versions = new Map(report.contestants.map(({ name, version }) => [name, version]))
  const tables = report.scenarios.flatMap((scenario) => {
    const results = report.results.filter((result) => result.scenario === scenario.name)
    return results.length === 0 ? [] : [scenarioTable(scenario, results, versions, options)]
  })
  const { processor, cores, memoryGiB, platform, loadAverage } = report.machine
  const machine = `${report.runtime} on ${processor}, ${cores} cores, ${memoryGiB} GiB, ${platform}, load ${loadAverage}`
  return [machine, ...tables].join('\n\n')
}

/** What `compareReports` has found. */
export function changesTable(changes: readonly Change[], options: TableOptions = {}): string {
  if (changes.length === 0) return 'Nothing changed beyond noise.'
  const rows = changes.map(({ scenario, contestant, placement, parameter, kind, before, after }) => [
    parameter === undefined ? scenario : `${scenario} (${parameter})`,
    contestant,
    placement,
    kind,
    before,
    after,
  ])
  return formatTable(['scenario', 'contestant', 'placement', 'is', 'before', 'after'], rows, options)
}

function scenarioTable(
  scenario: ReportedScenario,
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
  options: TableOptions,
): string {
  const { title, unit, better, baseline, parameter } = scenario
  const head = [
    'contestant',
    'version',
    'placement',
    ...(parameter === undefined ? [] : [`${parameter.name}, ${parameter.unit}`]),
    'rank',
    'p50',
    'p90',
    'p99',
    'max',
    `to ${baseline}`,
    'processes',
  ]
  const told = results.filter(({ outcome }) => outcome.kind !== 'not supported')
  const rows = told
    .toSorted(inOrder(better))
    .map(({ contestant, placement, parameter: value, outcome }) => [
      contestant,
      versions.get(contestant) ?? '',
      placement,
      ...(parameter === undefined ? [] : [String(value)]),
      ...cells(outcome),
    ])
  return [`${title}, ${unit}, ${better} is better`, formatTable(head, rows, options), ...notes(results, versions)].join(
    '\n',
  )
}

/** What there is no room for in a table: errors with the version that they are of, and why others have no figures. */
function notes(results: readonly Result[], versions: ReadonlyMap<string, string>): readonly string[] {
  const lines = results.flatMap(({ contestant, placement, parameter, outcome }) => {
    if (outcome.kind === 'measured') return []
    if (outcome.kind === 'not supported') return [`${contestant}: ${outcome.why}`]
    const where = [placement, ...(parameter === undefined ? [] : [parameter])].join(', ')
    return [`${contestant} ${versions.get(contestant) ?? ''} (${where}) failed: ${outcome.error}`]
  })
  return [...new Set(lines)]
}

type Cells = readonly (string | { readonly content: string; readonly colSpan: number })[]

function cells(outcome: Result['outcome']): Cells {
  if (outcome.kind !== 'measured') return ['', { content: outcome.kind, colSpan: 6 }]
  const { rank, p50, p90, p99, max, ratio, processes } = outcome
  return [
    rank === undefined ? '' : String(rank),
    ...[p50, p90, p99, max].map(digits),
    ratio === undefined ? '' : processes > 1 ? showRatio(ratio) : digits(ratio.value),
    String(processes),
  ]
}

/** Placement by placement, from the best to the worst, failures last. */
function inOrder(better: ReportedScenario['better']): (a: Result, b: Result) => number {
  const sign = better === 'lower' ? 1 : -1
  return (a, b) =>
    order(a.placement) - order(b.placement) ||
    (a.parameter ?? 0) - (b.parameter ?? 0) ||
    sign * (median(a) - median(b)) ||
    a.contestant.localeCompare(b.contestant)

  function median({ outcome }: Result): number {
    return outcome.kind === 'measured' ? outcome.p50 : sign * Number.MAX_VALUE
  }
}

function order(placement: Result['placement']): number {
  return ['free', 'pinned', 'busy'].indexOf(placement)
}

function formatTable(head: readonly string[], rows: readonly Cells[], { colors = false }: TableOptions): string {
  const table = new Table({ head: [...head], style: { compact: true, ...(colors ? {} : { head: [], border: [] }) } })
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}
