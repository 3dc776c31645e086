import type { MeasuredCell } from './cell-data.ts'

/** Their quantiles, with the least and the greatest, say as much as all of them and take less to pass on. */
const most = 1_001

export function thin(samples: ArrayLike<number>): MeasuredCell {
  const sorted = Float64Array.from(samples).sort()
  const count = sorted.length
  const kept =
    count <= most
      ? sorted
      : Float64Array.from({ length: most }, (_, index) => sorted[Math.round((index / (most - 1)) * (count - 1))] ?? 0)
  return { kind: 'measured', count, samples: Array.from(kept, (value) => Number(value.toPrecision(6))) }
}
