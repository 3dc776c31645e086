import { now } from './deadline.ts'
import { type AmbisyncError, type AmbisyncErrorOptions, LoopStartError } from './errors.ts'

/** The wait after the second failure in a row, in milliseconds; each further one doubles it. */
const firstPause = 100
const longestPause = 10_000

/** Spaces out the attempts to start a loop that fails to start again and again. The first retry is free. */
export class StartAttempts {
  #failures = 0
  #next = 0
  #last: AmbisyncError | undefined

  failed(error: AmbisyncError): void {
    this.#failures++
    this.#last = error
    const pause = this.#failures < 2 ? 0 : Math.min(longestPause, firstPause * 2 ** (this.#failures - 2))
    this.#next = now() + pause
  }

  reset(): void {
    this.#failures = 0
    this.#next = 0
  }

  /** Milliseconds until another attempt can be made. */
  get pause(): number {
    return Math.max(0, Math.ceil(this.#next - now()))
  }

  /** @throws {LoopStartError} while it is too early for another attempt */
  check(label: string, options: AmbisyncErrorOptions): void {
    const { pause } = this
    if (pause === 0) return
    const message = `${label} failed to start ${this.#failures} times in a row; the next attempt can be made in ${pause} ms`
    throw new LoopStartError(message, { ...options, cause: this.#last })
  }
}
