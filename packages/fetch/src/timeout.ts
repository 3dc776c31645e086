import { TimeoutError } from '@ambisync/core'

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
