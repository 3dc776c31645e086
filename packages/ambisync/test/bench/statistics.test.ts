import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ratioOfMedians } from '../../src/bench/bootstrap.ts'
import { quantiles } from '../../src/bench/quantiles.ts'
import { rank } from '../../src/bench/ranks.ts'
import { thin } from '../../src/bench/thin.ts'

const times = fc.array(fc.double({ min: 0.001, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 15 })

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
    const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
      numRuns: 12_000,
      seed: 7,
    })
    let next = 0
    const draw = (scale: number): number[] =>
      Array.from({ length: 15 }, () => scale * (1 + (random[next++ % random.length] ?? 0)))
    const holds = Array.from({ length: 200 }, () => {
      const { low, high } = ratioOfMedians(draw(3), draw(1))
      return low <= 3 && 3 <= high
    })
    expect(holds.filter(Boolean).length).toBeGreaterThan(180)
  })

  it('needs a round', () => {
    expect(() => ratioOfMedians([], [1])).toThrow(RangeError)
  })
})

describe('ranks', () => {
  const fast = { contestant: 'fast', figures: [1, 1.1, 0.9, 1, 1.05, 1] }
  const alike = { contestant: 'alike', figures: [1.05, 0.95, 1, 1.1, 0.98, 1.02] }
  const slow = { contestant: 'slow', figures: [3, 3.1, 2.9, 3, 3.2, 3] }

  it('are shared where noise does not separate, and counted on from all before', () => {
    expect(Object.fromEntries(rank([slow, alike, fast], 'lower'))).toEqual({ fast: 1, alike: 1, slow: 3 })
  })

  it('begin at the other end where more is better', () => {
    expect(Object.fromEntries(rank([slow, alike, fast], 'higher'))).toEqual({ slow: 1, alike: 2, fast: 2 })
  })

  it('are not given for a few rounds', () => {
    const few = [fast, slow].map(({ contestant, figures }) => ({ contestant, figures: figures.slice(0, 4) }))
    expect(rank(few, 'lower').size).toBe(0)
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
