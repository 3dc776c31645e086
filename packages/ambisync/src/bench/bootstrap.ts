import { medianSorted, quantileSorted } from 'simple-statistics'
import { median } from './quantiles.ts'

/** A ratio, and the interval that holds 95 % of what the same rounds might have given. */
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
  const [own, other] = [figures, baseline].map((all) => redrawnMedians(all.slice(0, rounds)))
  const [low, high] = intervalOf(own ?? [], other ?? [], 0.95)
  return { value: median(figures.slice(0, rounds)) / median(baseline.slice(0, rounds)), low, high }
}

/** The medians of so many rounds drawn anew. The same rounds are drawn for everybody who has as many. */
export function redrawnMedians(figures: readonly number[]): readonly number[] {
  const random = randomNumbers()
  return Array.from({ length: resamples }, () => {
    const drawn = figures.map(() => figures[Math.floor(random() * figures.length)] ?? Number.NaN)
    return medianSorted(drawn.sort((a, b) => a - b))
  })
}

/** Of the ratio, from what `redrawnMedians` gave for each of the two. */
export function intervalOf(
  medians: readonly number[],
  others: readonly number[],
  level: number,
): readonly [low: number, high: number] {
  const ratios = [...Float64Array.from(medians, (value, index) => value / (others[index] ?? Number.NaN)).sort()]
  return [quantileSorted(ratios, (1 - level) / 2), quantileSorted(ratios, (1 + level) / 2)]
}

/** A linear congruential generator: it has to be even, not unpredictable. From 0 to 1, the same each time. */
export function randomNumbers(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
