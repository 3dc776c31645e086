import { listNames, type Stretch, stretchesOf } from './leaders.ts'
import { formatQuantity } from './report/quantity.ts'
import { placements, type Report, type ReportedScenario } from './report-data.ts'

/**
 * In a sentence: which adapter won where, with processes running freely if that was measured. Adapters that noise does not
 * separate win together; where there were too few rounds to tell, it says who came first, and that this is not sure.
 */
export function sayWinners(report: Report): string {
  const adapters = new Set(report.contestants.filter(({ kind }) => kind === 'adapter').map(({ name }) => name))
  const won = new Map<string, string[]>()
  const ahead = new Map<string, string[]>()
  for (const scenario of report.scenarios) {
    const own = report.results.filter((row) => row.scenario === scenario.name && adapters.has(row.contestant))
    const shown = placements.find((placement) => own.some((row) => row.placement === placement))
    for (const stretch of stretchesOf(own.filter(({ placement }) => placement === shown))) {
      const key = listNames(stretch.leaders.names)
      const map = stretch.leaders.isSure ? won : ahead
      map.set(key, [...(map.get(key) ?? []), whereOf(scenario, stretch)])
    }
  }
  const say = (map: ReadonlyMap<string, readonly string[]>, verb: string): string =>
    [...map].map(([names, places]) => `${names} ${verb} ${listNames(places)}`).join('; ')
  const sentences = [
    ...(won.size > 0 ? [`Of the adapters, ${say(won, 'won')}.`] : []),
    ...(ahead.size > 0 ? [`In too few rounds to be sure, ${say(ahead, 'came first in')}.`] : []),
  ]
  return sentences.length === 0 ? 'No adapter was measured.' : sentences.join(' ')
}

function whereOf({ title, parameter }: ReportedScenario, { from, to }: Stretch): string {
  if (from === undefined) return title
  const [least, most] = [from, to].map((value) => formatQuantity(value ?? 0, parameter?.unit ?? ''))
  return `${title} (${least === most ? least : `${least} to ${most}`})`
}
