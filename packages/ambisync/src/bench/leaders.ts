import type { Measured, Result } from './report-data.ts'

/** Those that are best among some. */
export interface Leaders {
  /** Of the best first; none where nothing was measured. */
  readonly names: readonly string[]
  /** There were enough rounds to tell those from the others. If not, it is the one with the least median. */
  readonly isSure: boolean
}

/** Results of one scenario that were measured side by side: who of them is best, others left aside. */
export function leadersOf(results: readonly Result[]): Leaders {
  const measured = results
    .flatMap(({ contestant, outcome }) => (outcome.kind === 'measured' ? [{ name: contestant, ...outcome }] : []))
    .sort((a, b) => a.p50 - b.p50)
  const names = measured.map(({ name }) => name)
  if (measured.some(({ behind }) => behind === undefined)) return { names: names.slice(0, 1), isSure: false }
  const isBehind = ({ behind = [] }: Measured): boolean => behind.some((name) => names.includes(name))
  return { names: measured.filter((one) => !isBehind(one)).map(({ name }) => name), isSure: true }
}

/** Values of a sweep that are next to each other and have the same leaders. */
export interface Stretch {
  readonly leaders: Leaders
  /** Undefined where nothing is varied. */
  readonly from: number | undefined
  readonly to: number | undefined
}

/** From the least value to the greatest; one stretch where nothing is varied. */
export function stretchesOf(results: readonly Result[]): readonly Stretch[] {
  const values = [...new Set(results.map(({ parameter }) => parameter))].sort((a, b) => (a ?? 0) - (b ?? 0))
  const stretches: Stretch[] = []
  for (const value of values) {
    const leaders = leadersOf(results.filter(({ parameter }) => parameter === value))
    const last = stretches.at(-1)
    if (last !== undefined && isSame(last.leaders, leaders)) stretches[stretches.length - 1] = { ...last, to: value }
    else if (leaders.names.length > 0) stretches.push({ leaders, from: value, to: value })
  }
  return stretches
}

function isSame(one: Leaders, other: Leaders): boolean {
  const [names, others] = [one, other].map((leaders) => leaders.names.toSorted().join('\n'))
  return one.isSure === other.isSure && names === others
}

/** As a sentence has them. Names may hold commas themselves. */
export function listNames(names: readonly string[]): string {
  if (names.length > 2 && names.some((name) => name.includes(','))) return names.join(' / ')
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)
}
