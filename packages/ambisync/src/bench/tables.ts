import Table from 'cli-table3'
import type { Comparison } from './compare.ts'
import { digits, showRatio } from './digits.ts'
import { placements, type Report, type ReportedScenario, type Result } from './report-data.ts'

export interface TableOptions {
  /** Colours and rules are for terminals. Default: false. */
  readonly colors?: boolean
}

/** A report for a terminal: a table for each scenario. */
export function reportTables(report: Report, options: TableOptions = {}): string {
  const versions = new Map(report.contestants.map(({ name, version }) => [name, version]))
  const named = report.contestants.filter(({ kind }) => kind !== 'native')
  const tables = report.scenarios.flatMap((scenario) => {
    const results = report.results.filter((result) => result.scenario === scenario.name)
    return results.length === 0 ? [] : [scenarioTable(scenario, results, versions, options)]
  })
  const { processor, cores, memoryGiB, platform, loadAverage } = report.machine
  const machine = `${report.runtime} on ${processor}, ${cores} cores, ${memoryGiB} GiB, ${platform}, load ${loadAverage}`
  const head = [machine, named.map(({ name, version }) => `${name} ${version}`).join(', '), report.subject ?? '']
  const isRanked = report.results.some(({ outcome }) => outcome.kind === 'measured' && outcome.rank !== undefined)
  return [head.filter((line) => line !== '').join('\n'), ...tables, ...(isRanked ? [ranksNote] : [])].join('\n\n')
}

const ranksNote =
  'Rank: one more than there are better ones that noise separates it from. Ratios have their 95 % intervals.'

/** What `compareReports` has found. */
export function changesTable({ compared, changes, circumstances }: Comparison, options: TableOptions = {}): string {
  const notes = circumstances.map((what) => `Not as it was: ${what}.`)
  if (compared === 0) return ['The reports have nothing in common that can be compared.', ...notes].join('\n')
  const head = `${changes.length === 0 ? 'Nothing' : changes.length} of ${compared} changed beyond noise.`
  if (changes.length === 0) return [head, ...notes].join('\n')
  const rows = changes.map(({ scenario, contestant, placement, parameter, kind, before, after }) => [
    parameter === undefined ? scenario : `${scenario} (${parameter})`,
    contestant,
    placement,
    kind,
    before,
    after,
  ])
  const table = formatTable(['scenario', 'contestant', 'placement', 'is', 'before', 'after'], rows, options)
  return [head, ...notes, table].join('\n')
}

function scenarioTable(
  scenario: ReportedScenario,
  results: readonly Result[],
  versions: ReadonlyMap<string, string>,
  options: TableOptions,
): string {
  const { title, unit, baseline, parameter } = scenario
  const told = results.filter(({ outcome }) => outcome.kind !== 'not supported')
  const hasPlacements = new Set(told.map(({ placement }) => placement)).size > 1
  const head = [
    'rank',
    'contestant',
    ...(hasPlacements ? ['placement'] : []),
    ...(parameter === undefined ? [] : [`${parameter.name}, ${parameter.unit}`]),
    'p50',
    'p90',
    'p99',
    'max',
    `times ${baseline}`,
  ]
  const rows = told
    .toSorted(inOrder)
    .map(({ contestant, placement, parameter: value, outcome }) => [
      outcome.kind === 'measured' ? String(outcome.rank ?? '') : '',
      contestant,
      ...(hasPlacements ? [placement] : []),
      ...(parameter === undefined ? [] : [String(value)]),
      ...cells(outcome),
    ])
  const counts = told.map(({ outcome }) => (outcome.kind === 'measured' ? outcome.processes : 0))
  const processes = Math.max(0, ...counts)
  const caption = `${title}, ${unit}, less is better, ${processes === 1 ? '1 process' : `${processes} processes`} each`
  return [caption, formatTable(head, rows, options), ...notes(results, versions)].join('\n')
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
  if (outcome.kind !== 'measured') return [{ content: outcome.kind, colSpan: 5 }]
  const { p50, p90, p99, max, ratio, processes } = outcome
  return [
    ...[p50, p90, p99, max].map(digits),
    ratio === undefined ? '' : processes > 1 ? showRatio(ratio) : digits(ratio.value),
  ]
}

/** Placement by placement, from the best to the worst: by their ranks, and by their medians within one; failures last. */
function inOrder(a: Result, b: Result): number {
  return (
    placements.indexOf(a.placement) - placements.indexOf(b.placement) ||
    (a.parameter ?? 0) - (b.parameter ?? 0) ||
    rankOf(a) - rankOf(b) ||
    medianOf(a) - medianOf(b) ||
    a.contestant.localeCompare(b.contestant)
  )
}

function medianOf({ outcome }: Result): number {
  return outcome.kind === 'measured' ? outcome.p50 : Number.MAX_VALUE
}

/** Those without are the last where others have one. */
function rankOf({ outcome }: Result): number {
  return outcome.kind === 'measured' ? (outcome.rank ?? 0) : Number.MAX_VALUE
}

function formatTable(head: readonly string[], rows: readonly Cells[], { colors = false }: TableOptions): string {
  const table = new Table({
    head: [...head],
    style: { compact: true, head: colors ? ['bold'] : [], border: colors ? ['gray'] : [] },
  })
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}
