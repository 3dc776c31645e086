export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

/** The value below which `part` of them are, from 0 to 1, between the two nearest in proportion. NaN if there are none. */
export function quantile(values: ArrayLike<number>, part: number): number {
  const sorted = Float64Array.from(values).sort()
  const position = (sorted.length - 1) * part
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position % 1)
}
