import { describeType } from './describe-type.ts'
import { nodePerformance } from './node-performance.ts'

/** A point on the monotonic clock, in milliseconds; `Infinity` for none. */
export type Deadline = number

/** Not the one that test frameworks put in its place, before this is loaded or after: it stands still while a thread waits. */
const clock = nodePerformance() ?? performance
const readClock: () => number = clock.now.bind(clock)

/** The monotonic clock, in milliseconds. */
export function now(): number {
  return readClock()
}

export function deadlineIn(timeout: number): Deadline {
  return timeout === Number.POSITIVE_INFINITY ? timeout : now() + timeout
}

/**
 * Checks a time limit: milliseconds from 0 up. `0` means do not wait; `undefined` and `Infinity` mean no limit, and
 * come back as `Infinity`.
 *
 * @param option how the user spells it, for the message
 * @throws {TypeError} if it is neither a number nor undefined
 * @throws {RangeError} if it is negative or NaN
 */
export function checkTimeout(timeout: unknown, option: string): number {
  if (timeout === undefined) return Number.POSITIVE_INFINITY
  if (typeof timeout !== 'number') {
    throw new TypeError(`${option} must be a number of milliseconds, not ${describeType(timeout)}`)
  }
  if (timeout >= 0) return timeout
  throw new RangeError(
    `${option} must be a number of milliseconds from 0 up (left out or Infinity: no limit), not ${timeout}`,
  )
}
