import { leadersOf, listNames, stretchesOf } from '../leaders.ts'
import type { Measured, Placement, Report, ReportedScenario, Result } from '../report-data.ts'
import { formatNumber, formatQuantity } from './quantity.ts'

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

interface Figure {
  readonly name: string
  readonly measured: Measured
}

/** Native ways cross no boundary: they are what the others are held against, not what one can choose. */
function split(report: Report, results: readonly Result[]): { field: readonly Result[]; natives: readonly Result[] } {
  const names = new Set(report.contestants.filter(({ kind }) => kind === 'native').map(({ name }) => name))
  const natives = results.filter(({ contestant }) => names.has(contestant))
  const field = results.filter(({ contestant }) => !names.has(contestant))
  return figuresOf(field).length === 0 ? { field: results, natives: [] } : { field, natives }
}

/** The best first. */
function figuresOf(results: readonly Result[]): readonly Figure[] {
  return results
    .flatMap(({ contestant: name, outcome }) => (outcome.kind === 'measured' ? [{ name, measured: outcome }] : []))
    .sort((a, b) => a.measured.p50 - b.measured.p50)
}

function verdict(report: Report, scenario: ReportedScenario, results: readonly Result[]): Said {
  const { field, natives } = split(report, results)
  const [first, next] = figuresOf(field)
  if (first === undefined) return { lead: 'Nothing was measured.', more: [] }
  const show = ({ measured }: Figure): string => formatQuantity(measured.p50, scenario.unit)
  const { names, isSure } = leadersOf(field)
  const reference = figuresOf(natives).map((native) => `${native.name} ${show(native)}`)
  const more = [
    ...(isSure && names.length === 1 ? againstBaseline(scenario, first) : []),
    ...(reference.length > 0 ? [`For reference: ${listNames(reference)}.`] : []),
  ]
  if (next === undefined) return { lead: `Only ${first.name} was measured: ${show(first)} at the median.`, more }
  if (!isSure)
    return { lead: `${first.name} is ahead with ${show(first)} at the median, in too few rounds to be sure.`, more }
  if (names.length === 1) return { lead: winner(first, next, show), more }
  const last = figuresOf(field).findLast(({ name }) => names.includes(name)) ?? first
  const span = show(first) === show(last) ? show(first) : `${show(first)} to ${show(last)}`
  return { lead: `Noise does not separate ${listNames(names)}: ${span} at the median.`, more }
}

function winner(first: Figure, next: Figure, show: (figure: Figure) => string): string {
  const [least, more] = [first.measured.p50, next.measured.p50]
  const times = least === 0 ? '' : `, ${formatNumber(more / least)} times as much`
  return `${first.name} wins with ${show(first)} at the median; next is ${next.name} with ${show(next)}${times}.`
}

function againstBaseline({ baseline, unit }: ReportedScenario, { name, measured: { ratio } }: Figure): string[] {
  if (ratio === undefined) return []
  const isTime = unit === 'us' || unit === 'ms'
  const [value, low, high] = isTime
    ? [1 / ratio.value, 1 / ratio.high, 1 / ratio.low]
    : [ratio.value, ratio.low, ratio.high]
  const interval = `(95\u00a0% interval ${formatNumber(low)} to ${formatNumber(high)})`
  const what = isTime ? `times as fast as ${baseline}` : `times what ${baseline} takes`
  return [`${name} is ${formatNumber(value)} ${what} ${interval}.`]
}

/** Neighbouring values of the parameter that end alike are told of together. */
function sweep(report: Report, { parameter }: ReportedScenario, results: readonly Result[]): Said {
  const stretches = stretchesOf(split(report, results).field)
  if (stretches.length === 0) return { lead: 'Nothing was measured.', more: [] }
  const show = (value: number | undefined): string => formatQuantity(value ?? 0, parameter?.unit ?? '')
  const told = stretches.map(({ leaders: { names, isSure }, from, to }) => {
    const where = from === to ? `at ${show(from)}` : `from ${show(from)} to ${show(to)}`
    if (!isSure) return `${where}, ${listNames(names)} is ahead, in too few rounds to be sure`
    return names.length > 1 ? `${where}, noise does not separate ${listNames(names)}` : `${where}, ${names[0]} wins`
  })
  const text = told.join('; ')
  return { lead: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, more: [] }
}

function missing(results: readonly Result[]): string[] {
  const names = (kind: string): string[] => [
    ...new Set(results.filter(({ outcome }) => outcome.kind === kind).map(({ contestant }) => contestant)),
  ]
  const [failed, unsupported] = [names('failed'), names('not supported')]
  return [
    ...(failed.length > 0 ? [`Failed: ${listNames(failed)}.`] : []),
    ...(unsupported.length > 0 ? [`Not supported: ${listNames(unsupported)}.`] : []),
  ]
}
