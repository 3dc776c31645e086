import { ratioOfMedians } from './bootstrap.ts'
import { median } from './quantiles.ts'

/** A contestant's figure of each round. */
export interface Ranked {
  readonly contestant: string
  readonly figures: readonly number[]
}

/** With fewer rounds, chance alone puts one before the other in all of them too often. */
export const fewestRounds = 5

/**
 * Places by the contestants' names, 1 for the best.
 *
 * The best of a place is followed by all whose ratio to it has an interval that holds 1: they share its rank. The first that
 * is told from it begins the next place, which is counted on from all before it. None where there are too few rounds.
 */
export function rank(contestants: readonly Ranked[], better: 'lower' | 'higher'): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>()
  if (contestants.some(({ figures }) => figures.length < fewestRounds)) return ranks
  const sign = better === 'lower' ? 1 : -1
  const inOrder = contestants.toSorted((a, b) => sign * (median(a.figures) - median(b.figures)))
  let [leader] = inOrder
  let place = 1
  inOrder.forEach((one, index) => {
    if (leader === undefined) return
    if (one !== leader && areSeparate(one.figures, leader.figures)) {
      leader = one
      place = index + 1
    }
    ranks.set(one.contestant, place)
  })
  return ranks
}

function areSeparate(figures: readonly number[], others: readonly number[]): boolean {
  const { low, high } = ratioOfMedians(figures, others)
  return low > 1 || high < 1
}
