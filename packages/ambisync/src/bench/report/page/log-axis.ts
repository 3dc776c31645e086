/**
 * Where a logarithmic axis has its ticks: powers of ten, and what is between where those are few; no more than have
 * room for `room` labels.
 */
export function logTicks([low, high]: readonly [number, number], room: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const decades = Math.log10(high / low)
  const steps = decades * 3 > room ? [1] : decades > 0.8 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
  const every = Math.max(1, Math.ceil(decades / room))
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
