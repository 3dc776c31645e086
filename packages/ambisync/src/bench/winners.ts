import type { Placement, Report, ReportedScenario, Result } from './report-data.ts'

const placements: readonly Placement[] = ['free', 'pinned', 'busy']

/** Those that are best somewhere. */
interface Best {
  readonly names: readonly string[]
  /** There were enough rounds to rank them. */
  readonly isSure: boolean
}

/**
 * One sentence: which adapter won where, with processes running freely if that was measured. Adapters that noise does not
 * separate win together; where there were too few rounds to rank any, it says who came first, and that this is not sure.
 */
export function sayWinners(report: Report): string {
  const adapters = new Set(report.contestants.filter(({ kind }) => kind === 'adapter').map(({ name }) => name))
  const won = new Map<string, string[]>()
  const ahead = new Map<string, string[]>()
  for (const scenario of report.scenarios) {
    const own = report.results.filter((row) => row.scenario === scenario.name && adapters.has(row.contestant))
    const shown = placements.find((placement) => own.some((row) => row.placement === placement))
    for (const { best, where } of bestByPlace(
      own.filter(({ placement }) => placement === shown),
      scenario,
    )) {
      const key = list(best.names)
      const map = best.isSure ? won : ahead
      map.set(key, [...(map.get(key) ?? []), where])
    }
  }
  const parts = [...won].map(([names, places]) => `${names} won ${list(places)}`)
  const unsure = [...ahead].map(([name, places]) => `${name} in ${list(places)}`)
  if (unsure.length > 0) parts.push(`${unsure.join('; ')} came first, in too few rounds to be sure`)
  return parts.length === 0 ? 'No adapter was measured.' : `Of the adapters, ${parts.join('; ')}.`
}

/** Neighbouring values of a sweep that end alike are one place. */
function bestByPlace(rows: readonly Result[], scenario: ReportedScenario): readonly { best: Best; where: string }[] {
  const stretches: { best: Best; from: number | undefined; to: number | undefined }[] = []
  for (const parameter of new Set(rows.map((row) => row.parameter))) {
    const best = bestOf(
      rows.filter((row) => row.parameter === parameter),
      scenario,
    )
    const last = stretches.at(-1)
    if (best.names.length === 0) continue
    if (last !== undefined && isSame(last.best, best)) last.to = parameter
    else stretches.push({ best, from: parameter, to: parameter })
  }
  return stretches.map(({ best, from, to }) => {
    if (from === undefined) return { best, where: scenario.title }
    const range = from === to ? from : `${from} to ${to}`
    return { best, where: `${scenario.title} (${range} ${scenario.parameter?.unit ?? ''})` }
  })
}

function isSame(one: Best, other: Best): boolean {
  return one.isSure === other.isSure && list(one.names) === list(other.names)
}

function bestOf(rows: readonly Result[], { better }: ReportedScenario): Best {
  const measured = rows.flatMap(({ contestant, outcome }) =>
    outcome.kind === 'measured' ? [{ contestant, ...outcome }] : [],
  )
  const first = Math.min(...measured.map(({ rank }) => rank ?? Number.POSITIVE_INFINITY))
  const ranked = measured.filter(({ rank }) => rank === first)
  if (ranked.length > 0) return { names: ranked.map(({ contestant }) => contestant), isSure: true }
  const sign = better === 'lower' ? 1 : -1
  const names = measured.toSorted((a, b) => sign * (a.p50 - b.p50)).map(({ contestant }) => contestant)
  return { names: names.slice(0, 1), isSure: false }
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names)
}
