import { TimeoutError } from '@ambisync/core'

/**
 * Milliseconds from 0 up; `Infinity` for `undefined`, no limit.
 *
 * @throws {TypeError} if it is neither a number nor undefined
 * @throws {RangeError} if it is negative or NaN
 */
export function checkTimeout(timeout: unknown, option: string): number {
  if (timeout === undefined) return Number.POSITIVE_INFINITY
  if (typeof timeout !== 'number')
    throw new TypeError(`${option} must be a number of milliseconds, not ${timeout === null ? 'null' : typeof timeout}`)
  if (timeout >= 0) return timeout
  const range = 'from 0 up (left out or Infinity: no limit)'
  throw new RangeError(`${option} must be a number of milliseconds ${range}, not ${timeout}`)
}

/** One exchange's limit: it begins with the call and ends with the last byte of the body. */
export class TimeLimit {
  readonly #timeout: number
  readonly #end: number
  readonly #url: string

  constructor(timeout: number, url: string) {
    this.#timeout = timeout
    this.#end = performance.now() + timeout
    this.#url = url
  }

  /** What is left, in milliseconds; undefined for no limit. */
  remaining(): number | undefined {
    return this.#end === Number.POSITIVE_INFINITY ? undefined : Math.max(0, this.#end - performance.now())
  }

  /** The same error in every mode. */
  error(): TimeoutError {
    return new TimeoutError(`fetching ${this.#url} was not done within ${this.#timeout} ms`)
  }
}
