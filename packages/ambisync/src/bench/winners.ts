import type { Report, Result } from './report-data.ts'

/**
 * One sentence: which adapter won where, processes running freely. Adapters that noise does not separate win together;
 * where there were too few rounds to tell, it says so.
 */
export function sayWinners(report: Report): string {
  const adapters = new Set(report.contestants.filter(({ kind }) => kind === 'adapter').map(({ name }) => name))
  const won = new Map<string, string[]>()
  const undecided: string[] = []
  for (const { name, title } of report.scenarios) {
    const rows = report.results.filter(
      ({ scenario, placement, contestant }) => scenario === name && placement === 'free' && adapters.has(contestant),
    )
    for (const parameter of new Set(rows.map((row) => row.parameter))) {
      const where = parameter === undefined ? title : `${title} (${parameter})`
      const winners = best(rows.filter((row) => row.parameter === parameter))
      if (winners.length === 0) undecided.push(where)
      else {
        const names = list(winners)
        won.set(names, [...(won.get(names) ?? []), where])
      }
    }
  }
  const parts = [...won].map(([names, places]) => `${names} won ${list(places)}`)
  if (undecided.length > 0) parts.push(`nothing can be told about ${list(undecided)}`)
  return parts.length === 0 ? 'No adapter was measured.' : `${parts.join('; ')}.`
}

function best(rows: readonly Result[]): readonly string[] {
  const ranked = rows.flatMap(({ contestant, outcome }) =>
    outcome.kind === 'measured' && outcome.rank !== undefined ? [{ contestant, rank: outcome.rank }] : [],
  )
  const first = Math.min(...ranked.map(({ rank }) => rank))
  return ranked.filter(({ rank }) => rank === first).map(({ contestant }) => contestant)
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names)
}
