import type { Location } from './location.ts'
import type { JobPolicy } from './options.ts'

/** What the thread that has the connection is given. */
export interface CallerStart {
  /** Name of the loop. */
  readonly name: string
  readonly location: Location
  readonly policy: JobPolicy
  readonly connectTimeout: number
  readonly reconnectTimeout: number
}
