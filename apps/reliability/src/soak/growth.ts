import type { Sample } from './sample.ts'

const megabyte = 2 ** 20

/** One kind of memory over the second half of a soak. In bytes. */
export interface Growth {
  readonly name: string
  /** By the straight line that fits the samples best: at the half, and at the end. */
  readonly atHalf: number
  readonly atEnd: number
  /** What it may grow by and still count as flat. */
  readonly allowed: number
  readonly isFlat: boolean
}

/**
 * What is held for nothing must not grow with the calls: the first half of them is for code to be compiled, caches to
 * fill and heaps to find their size. A heap may grow by a byte for each call of the second half, or by a megabyte: what
 * leaks takes sixteen bytes a call at least. What a process has resident is up to its allocator as well: eight times
 * that.
 */
function allowance(calls: number, factor: number): number {
  return factor * Math.max(megabyte, calls)
}

export function growthOf(samples: readonly Sample[]): readonly Growth[] {
  const half = samples.slice(samples.length / 2)
  const apart = half.some(({ caller, loop }) => caller.pid !== loop.pid)
  const judge = (name: string, factor: number, bytes: (sample: Sample) => number): Growth => {
    const line = fitLine(leastOfEach(half.map((sample) => [sample.calls, bytes(sample)])))
    const [first, last] = [half.at(0)?.calls ?? 0, half.at(-1)?.calls ?? 0]
    const allowed = allowance(last - first, factor)
    return { name, atHalf: line(first), atEnd: line(last), allowed, isFlat: line(last) - line(first) <= allowed }
  }
  return [
    judge("caller's heap", 1, ({ caller }) => caller.heap),
    judge("caller's buffers", 1, ({ caller }) => caller.external),
    judge("loop's heap", 1, ({ loop }) => loop.heap),
    judge("loop's buffers", 1, ({ loop }) => loop.external),
    judge("resident, the caller's process", 8, ({ caller }) => caller.resident),
    ...(apart ? [judge("resident, the loop's process", 8, ({ loop }) => loop.resident)] : []),
  ]
}

type Point = readonly [x: number, y: number]

/** How many samples are taken together. */
const groupSize = 5

/** What is held for nothing is in every sample; what is on its way just then, such as a megabyte, is in some. */
function leastOfEach(points: readonly Point[]): readonly Point[] {
  const groups = Array.from({ length: Math.ceil(points.length / groupSize) }, (_, group) =>
    points.slice(group * groupSize, (group + 1) * groupSize),
  )
  return groups.flatMap((group) => group.toSorted(([, one], [, other]) => one - other).slice(0, 1))
}

/** The straight line with the least squares of distances. */
function fitLine(points: readonly Point[]): (x: number) => number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const meanX = mean(points.map(([x]) => x))
  const meanY = mean(points.map(([, y]) => y))
  const products = points.map(([x, y]) => (x - meanX) * (y - meanY))
  const squares = points.map(([x]) => (x - meanX) ** 2)
  const slope = points.length < 2 ? 0 : mean(products) / mean(squares)
  return (x) => meanY + slope * (x - meanX)
}
