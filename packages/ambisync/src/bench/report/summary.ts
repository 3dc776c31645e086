import type { Measured, Placement, Report, ReportedScenario, Result } from '../report-data.ts'
import { formatNumber, formatQuantity } from './quantity.ts'

interface Figure {
  readonly name: string
  readonly measured: Measured
}

/** What is said of a scenario in one placement. */
export interface Summary {
  /** Who won and by how much, or that noise does not separate them. */
  readonly lead: string
  /** Against the baseline and what is native. */
  readonly more: readonly string[]
  /** Who has no figure. */
  readonly missing: readonly string[]
}

/** A few sentences in one: who won a scenario in one placement and by how much, or that noise does not separate them. */
export function summarize(report: Report, scenario: ReportedScenario, placement: Placement): string {
  const { lead, more, missing } = summaryOf(report, scenario, placement)
  return [lead, ...more, ...missing].join(' ')
}

/** The same in parts. */
export function summaryOf(report: Report, scenario: ReportedScenario, placement: Placement): Summary {
  const results = report.results.filter((one) => one.scenario === scenario.name && one.placement === placement)
  if (results.length === 0) return { lead: 'Nothing was run.', more: [], missing: [] }
  const said = scenario.parameter === undefined ? verdict(report, scenario, results) : sweep(report, scenario, results)
  return { ...said, missing: missing(results) }
}

type Said = Pick<Summary, 'lead' | 'more'>

/** Native ways cross no boundary: they are what the others are held against, not what one can choose. */
function split(report: Report, results: readonly Result[]): { field: Figure[]; natives: Figure[] } {
  const natives = new Set(report.contestants.filter(({ kind }) => kind === 'native').map(({ name }) => name))
  const figures = results.flatMap(({ contestant, outcome }) =>
    outcome.kind === 'measured' ? [{ name: contestant, measured: outcome }] : [],
  )
  const field = figures.filter(({ name }) => !natives.has(name))
  if (field.length === 0) return { field: figures, natives: [] }
  return { field, natives: figures.filter(({ name }) => natives.has(name)) }
}

function verdict(report: Report, scenario: ReportedScenario, results: readonly Result[]): Said {
  const { field, natives } = split(report, results)
  const best = leaders(field)
  const [first] = best
  if (first === undefined) return { lead: ahead(scenario, field), more: [] }
  const show = (value: number): string => formatQuantity(value, scenario.unit)
  const more = best.length === 1 ? againstBaseline(scenario, first) : []
  if (natives.length > 0) {
    more.push(`For reference: ${list(natives.map(({ name, measured }) => `${name} ${show(measured.p50)}`))}.`)
  }
  if (field.length === 1)
    return { lead: `Only ${first.name} was measured: ${show(first.measured.p50)} at the median.`, more }
  if (best.length === 1) return { lead: winner(scenario, first, field), more }
  const medians = best.map(({ measured }) => measured.p50)
  const [low, high] = [show(Math.min(...medians)), show(Math.max(...medians))]
  const span = low === high ? low : `${low} to ${high}`
  return { lead: `Noise does not separate ${list(best.map(({ name }) => name))}: ${span} at the median.`, more }
}

function ahead({ better, unit }: ReportedScenario, field: readonly Figure[]): string {
  const sign = better === 'lower' ? 1 : -1
  const [first] = field.toSorted((a, b) => sign * (a.measured.p50 - b.measured.p50))
  if (first === undefined) return 'Nothing was measured.'
  return `${first.name} is ahead with ${formatQuantity(first.measured.p50, unit)} at the median, in too few rounds to be sure.`
}

function winner(scenario: ReportedScenario, first: Figure, field: readonly Figure[]): string {
  const show = (value: number): string => formatQuantity(value, scenario.unit)
  const [next] = leaders(field.filter((one) => one !== first))
  const won = `${first.name} wins with ${show(first.measured.p50)} at the median`
  if (next === undefined) return `${won}.`
  const { p50 } = next.measured
  const times = first.measured.p50 === 0 ? '' : `, ${formatNumber(p50 / first.measured.p50)} times as much`
  return `${won}; next is ${next.name} with ${show(p50)}${times}.`
}

function againstBaseline({ baseline, better, unit }: ReportedScenario, { measured: { ratio } }: Figure): string[] {
  if (ratio === undefined) return []
  const isSpeed = unit === 'us' || unit === 'ms' || unit === 'items/ms'
  const turned = isSpeed && better === 'lower'
  const [value, low, high] = turned
    ? [1 / ratio.value, 1 / ratio.high, 1 / ratio.low]
    : [ratio.value, ratio.low, ratio.high]
  const interval = `(95\u00a0% interval ${formatNumber(low)} to ${formatNumber(high)})`
  const what = isSpeed ? `times as fast as ${baseline}` : `times what ${baseline} takes`
  return [`That is ${formatNumber(value)} ${what} ${interval}.`]
}

/** Neighbouring values of the parameter that end alike are told of together. */
function sweep(report: Report, { parameter }: ReportedScenario, results: readonly Result[]): Said {
  const values = [...new Set(results.map((one) => one.parameter ?? 0))].sort((a, b) => a - b)
  const runs: { names: string; values: number[]; isShared: boolean }[] = []
  for (const value of values) {
    const { field } = split(
      report,
      results.filter((one) => (one.parameter ?? 0) === value),
    )
    const best = leaders(field)
    if (best.length === 0) continue
    const names = list(best.map(({ name }) => name))
    const last = runs.at(-1)
    if (last?.names === names) last.values.push(value)
    else runs.push({ names, values: [value], isShared: best.length > 1 })
  }
  if (runs.length === 0) return { lead: 'In too few rounds to rank them.', more: [] }
  const show = (value: number): string => formatQuantity(value, parameter?.unit ?? '')
  const told = runs.map((run) => {
    const [from, to] = [show(run.values[0] ?? 0), show(run.values.at(-1) ?? 0)]
    const where = from === to ? `at ${from}` : `from ${from} to ${to}`
    return run.isShared ? `${where}, noise does not separate ${run.names}` : `${where}, ${run.names} wins`
  })
  const text = told.join('; ')
  return { lead: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, more: [] }
}

/** Those of the best rank there is, best first. */
function leaders(figures: readonly Figure[]): Figure[] {
  const ranks = figures.flatMap(({ measured: { rank } }) => rank ?? [])
  const best = Math.min(...ranks)
  return figures.filter(({ measured: { rank } }) => rank === best)
}

function missing(results: readonly Result[]): string[] {
  const names = (kind: string): string[] => [
    ...new Set(results.filter(({ outcome }) => outcome.kind === kind).map(({ contestant }) => contestant)),
  ]
  const [failed, unsupported] = [names('failed'), names('not supported')]
  return [
    ...(failed.length > 0 ? [`Failed: ${list(failed)}.`] : []),
    ...(unsupported.length > 0 ? [`Not supported: ${list(unsupported)}.`] : []),
  ]
}

/** Names may hold commas themselves. */
function list(names: readonly string[]): string {
  if (names.length > 2 && names.some((name) => name.includes(','))) return names.join(' / ')
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
}
