import { median as medianOf, quantileSorted } from 'simple-statistics'

export function median(values: readonly number[]): number {
  return medianOf([...values])
}

/** Quantiles of all values together, `count` + 1 of them from the least to the greatest. */
export function quantiles(values: readonly number[], count: number): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return Array.from({ length: count + 1 }, (_, index) => quantileSorted(sorted, index / count))
}
