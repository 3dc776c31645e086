import { intervalOf, redrawnMedians } from './bootstrap.ts'
import { median } from './quantiles.ts'

/** A contestant's figure of each round. */
export interface Ranked {
  readonly contestant: string
  readonly figures: readonly number[]
}

/**
 * With fewer rounds, chance alone puts one before the other in all of them too often: with five, of two that are alike,
 * in 6 of 100 comparisons; with seven in 2, with eleven in less than one.
 */
export const fewestRounds = 5

/**
 * For each contestant by its name, those that are better and that noise separates it from. None where there are too few rounds.
 *
 * Two are told apart if the interval of their ratio does not hold 1. It is widened by how many are compared, so that of a
 * field of equals, given rounds enough, 5 in 100 at most have one that is told from the best.
 */
export function findBetter(contestants: readonly Ranked[]): ReadonlyMap<string, readonly string[]> {
  if (contestants.some(({ figures }) => figures.length < fewestRounds)) return new Map()
  const level = 1 - 0.05 / Math.max(1, contestants.length - 1)
  const inOrder = contestants
    .map(({ contestant, figures }) => ({ contestant, median: median(figures), medians: redrawnMedians(figures) }))
    .sort((a, b) => a.median - b.median)
  return new Map(
    inOrder.map(({ contestant, medians }, index) => {
      const better = inOrder.slice(0, index).filter((other) => intervalOf(medians, other.medians, level)[0] > 1)
      return [contestant, better.map((other) => other.contestant)]
    }),
  )
}
