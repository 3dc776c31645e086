import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ratioOfMedians } from '../../src/bench/bootstrap.ts'
import { quantiles } from '../../src/bench/quantiles.ts'
import { findBetter } from '../../src/bench/ranks.ts'
import { thin } from '../../src/bench/thin.ts'

const times = fc.array(fc.double({ min: 0.001, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 15 })

/** From 0 to 1. */
function evenlySpread(numRuns: number, seed: number): readonly number[] {
  return fc.sample(fc.noBias(fc.integer({ min: 0, max: 999_999 })), { numRuns, seed }).map((value) => value / 1_000_000)
}

describe('the ratio of medians', () => {
  it('is that of the medians, in an interval that holds it', () => {
    const ratio = ratioOfMedians([10, 12, 11, 10, 13, 11, 30], [5, 6, 5, 5, 7, 5, 20])
    expect(ratio.value).toBe(11 / 5)
    expect(ratio.low).toBeGreaterThan(1.5)
    expect(ratio.low).toBeLessThanOrEqual(ratio.value)
    expect(ratio.high).toBeGreaterThanOrEqual(ratio.value)
    expect(ratio.high).toBeLessThan(3)
  })

  it('is the same each time', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        expect(ratioOfMedians(a, b)).toEqual(ratioOfMedians(a, b))
      }),
      { numRuns: 20 },
    )
  })

  it('is 1 of a contestant to itself, whatever the noise, as both figures of a round are drawn together', () => {
    fc.assert(
      fc.property(times, (figures) => {
        expect(ratioOfMedians(figures, figures)).toEqual({ value: 1, low: 1, high: 1 })
      }),
      { numRuns: 20 },
    )
  })

  it('does not see what slows both in the same rounds', () => {
    const slow = [1, 50, 1, 9, 1, 30, 2]
    const { value, low, high } = ratioOfMedians(
      slow.map((times) => 2 * times),
      slow,
    )
    expect([value, low, high]).toEqual([2, 2, 2])
  })

  it('has an interval that holds the true ratio about 95 times in 100', () => {
    const random = evenlySpread(12_000, 7)
    let next = 0
    const draw = (scale: number): number[] =>
      Array.from({ length: 15 }, () => scale * (1 + (random[next++ % random.length] ?? 0)))
    const ratios = Array.from({ length: 200 }, () => ratioOfMedians(draw(3), draw(1)))
    const holding = ratios.filter(({ low, high }) => low <= 3 && 3 <= high).length
    expect(holding).toBeGreaterThan(180)
    // One that holds it always says nothing.
    expect(holding).toBeLessThan(200)
    expect(Math.max(...ratios.map(({ low, high }) => high / low))).toBeLessThan(3)
  })

  it('needs a round', () => {
    expect(() => ratioOfMedians([], [1])).toThrow(RangeError)
  })
})

describe('those that are better beyond noise', () => {
  const fast = { contestant: 'fast', figures: [1, 1.1, 0.9, 1, 1.05, 1] }
  const alike = { contestant: 'alike', figures: [1.05, 0.95, 1, 1.1, 0.98, 1.02] }
  const slow = { contestant: 'slow', figures: [3, 3.1, 2.9, 3, 3.2, 3] }
  const noisy = { contestant: 'noisy', figures: [0.8, 9, 0.7, 8, 9, 0.9] }

  it('are those whose ratio is another than 1 in all of its interval', () => {
    expect(Object.fromEntries(findBetter([slow, alike, fast]))).toEqual({
      fast: [],
      alike: [],
      slow: ['fast', 'alike'],
    })
  })

  it('do not depend on who stands between them', () => {
    expect(findBetter([slow, noisy, fast]).get('noisy')).toEqual([])
    expect(findBetter([slow, noisy, fast]).get('slow')).toEqual(['fast'])
  })

  it('are not told for a few rounds', () => {
    const few = [fast, slow].map(({ contestant, figures }) => ({ contestant, figures: figures.slice(0, 4) }))
    expect(findBetter(few).size).toBe(0)
  })

  it('are none in most fields of equals', () => {
    const random = evenlySpread(13_000, 3)
    let next = 0
    const field = (): ReturnType<typeof findBetter> =>
      findBetter(
        Array.from({ length: 8 }, (_, index) => ({
          contestant: `${index}`,
          figures: Array.from({ length: 15 }, () => 1 + (random[next++ % random.length] ?? 0)),
        })),
      )
    const clean = Array.from({ length: 100 }, field).filter((better) =>
      [...better.values()].every((all) => !all.length),
    )
    expect(clean.length).toBeGreaterThan(70)
  })
})

describe('quantiles', () => {
  it('go from the least to the greatest', () => {
    expect(quantiles([3, 1, 2], 2)).toEqual([1, 2, 3])
    expect(quantiles([7], 100)).toEqual(Array(101).fill(7))
  })

  it('are nearly those of all samples when thinned', () => {
    const samples = Array.from({ length: 50_000 }, (_, index) => (index * 7_919) % 50_000)
    const { count, samples: kept } = thin(samples)
    expect(count).toBe(50_000)
    expect(kept.length).toBeLessThan(2_000)
    expect([kept[0], kept.at(-1)]).toEqual([0, 49_999])
    const [, median] = quantiles(kept, 2)
    expect(median).toBeGreaterThan(24_900)
    expect(median).toBeLessThan(25_100)
  })
})
