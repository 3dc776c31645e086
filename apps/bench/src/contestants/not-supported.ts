import { NotSupportedError } from '@ambisync/core'

/** What a scenario gives in place of figures: why a contestant has no part in it. */
export function notSupported(why: string): NotSupportedError {
  return new NotSupportedError(why)
}
