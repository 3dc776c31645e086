const smallestRing = 2 ** 10
const largestRing = 2 ** 30

/** What there is for each direction if nothing else is said, in bytes. */
export const defaultRingSize: number = 2 ** 21

/** @throws {TypeError | RangeError} */
export function checkRingSize(size: unknown): asserts size is number {
  if (typeof size !== 'number') throw new TypeError(`ringSize must be a number of bytes, not ${typeof size}`)
  if (size >= smallestRing && size <= largestRing && Number.isInteger(Math.log2(size))) return
  throw new RangeError(`ringSize must be a power of two from ${smallestRing} to ${largestRing}, not ${size}`)
}
