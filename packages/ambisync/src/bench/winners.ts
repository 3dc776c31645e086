import type { Placement, Report, ReportedScenario, Result } from './report-data.ts'

const placements: readonly Placement[] = ['free', 'pinned', 'busy']

/**
 * One sentence: which adapter won where, with processes running freely if that was measured. Adapters that noise does not separate win together;
 * where there were too few rounds to rank any, it says who was ahead, and that this is not sure.
 */
export function sayWinners(report: Report): string {
  const adapters = new Set(report.contestants.filter(({ kind }) => kind === 'adapter').map(({ name }) => name))
  const won = new Map<string, string[]>()
  const ahead = new Map<string, string[]>()
  for (const scenario of report.scenarios) {
    const own = report.results.filter((row) => row.scenario === scenario.name && adapters.has(row.contestant))
    const shown = placements.find((placement) => own.some((row) => row.placement === placement))
    const rows = own.filter(({ placement }) => placement === shown)
    for (const parameter of new Set(rows.map((row) => row.parameter))) {
      const where = parameter === undefined ? scenario.title : `${scenario.title} (${parameter})`
      const group = rows.filter((row) => row.parameter === parameter)
      const winners = firstRanked(group)
      if (winners.length > 0) add(won, list(winners), where)
      else for (const name of firstMedian(group, scenario)) add(ahead, name, where)
    }
  }
  const parts = [...won].map(([names, places]) => `${names} won ${list(places)}`)
  const unsure = [...ahead].map(([name, places]) => `${name} in ${list(places)}`)
  if (unsure.length > 0) parts.push(`ahead, in too few rounds to be sure, were ${unsure.join('; ')}`)
  const sentence = parts.length === 0 ? 'no adapter was measured' : parts.join('; ')
  return `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`
}

function firstRanked(rows: readonly Result[]): readonly string[] {
  const ranked = rows.flatMap(({ contestant, outcome }) =>
    outcome.kind === 'measured' && outcome.rank !== undefined ? [{ contestant, rank: outcome.rank }] : [],
  )
  const first = Math.min(...ranked.map(({ rank }) => rank))
  return ranked.filter(({ rank }) => rank === first).map(({ contestant }) => contestant)
}

function firstMedian(rows: readonly Result[], { better }: ReportedScenario): readonly string[] {
  const sign = better === 'lower' ? 1 : -1
  const measured = rows.flatMap(({ contestant, outcome }) =>
    outcome.kind === 'measured' ? [{ contestant, key: sign * outcome.p50 }] : [],
  )
  return measured
    .toSorted((a, b) => a.key - b.key)
    .slice(0, 1)
    .map(({ contestant }) => contestant)
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  map.set(key, [...(map.get(key) ?? []), value])
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names)
}
