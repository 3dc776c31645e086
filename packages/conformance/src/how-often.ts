import type { CaseContext } from './case.ts'

/**
 * How often a case repeats what only happens now and then. Where a loop is resident, a call takes microseconds; where it
 * is not, each call starts a process, and the cube root is what the time allows.
 *
 * @param least how often it takes at least to see what it is about
 */
export function howOften(times: number, { adapter }: CaseContext, least = 1): number {
  return adapter.capabilities.resident ? times : Math.max(least, Math.ceil(Math.cbrt(times)))
}
