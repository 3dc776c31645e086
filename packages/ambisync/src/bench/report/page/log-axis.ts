/** Where a logarithmic axis from `low` to `high` has its ticks: powers of ten, and what is between where those are few. */
export function logTicks(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const decades = Math.log10(high / low)
  const steps = decades > 3 ? [1] : decades > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 8]
  const every = decades > 6 ? 2 : 1
  return powers
    .filter((power) => power % every === 0)
    .flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(3))))
    .filter((tick) => tick >= low && tick <= high)
}

/** The domain that holds all values with room at both ends, or nothing where a logarithm cannot show them. */
export function logDomain(values: readonly number[]): [number, number] | undefined {
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (!(low > 0) || !Number.isFinite(high)) return undefined
  const room = Math.max((high / low) ** 0.04, 1.05)
  return [low / room, high * room]
}
