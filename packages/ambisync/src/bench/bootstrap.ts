import { medianSorted, quantileSorted } from 'simple-statistics'
import { median } from './quantiles.ts'

/** A ratio, and the interval that holds 95 % of what the same processes might have given. */
export interface Ratio {
  readonly value: number
  readonly low: number
  readonly high: number
}

const resamples = 2_000

/**
 * The ratio of the medians of two contestants, each given as one figure for every round, in the order of the rounds.
 *
 * Rounds are drawn anew, with replacement, and both contestants' figures of a round together: what slows a machine down
 * for a while slows both. The same figures always give the same interval.
 */
export function ratioOfMedians(figures: readonly number[], baseline: readonly number[]): Ratio {
  const rounds = Math.min(figures.length, baseline.length)
  if (rounds === 0) throw new RangeError('there are no rounds to compare')
  const random = randomNumbers()
  const ratios = Array.from({ length: resamples }, () => {
    const drawn = Array.from({ length: rounds }, () => Math.floor(random() * rounds))
    return medianAt(figures, drawn) / medianAt(baseline, drawn)
  }).sort((a, b) => a - b)
  return {
    value: median(figures.slice(0, rounds)) / median(baseline.slice(0, rounds)),
    low: quantileSorted(ratios, 0.025),
    high: quantileSorted(ratios, 0.975),
  }
}

function medianAt(figures: readonly number[], rounds: readonly number[]): number {
  return medianSorted(rounds.map((round) => figures[round] ?? Number.NaN).sort((a, b) => a - b))
}

/** A linear congruential generator: it has to be even, not unpredictable. From 0 to 1, the same each time. */
function randomNumbers(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
