import type { Future } from '@ambisync/core'
import type { CaseContext } from './case.ts'

/**
 * Blocks for another call until `future` is settled, inside of that. A resident loop answers in order, so that once is
 * enough; calls that have nothing to do with each other are over when they are.
 */
export function blockUntilSettled(future: Future<unknown>, { adapter }: CaseContext, block: () => unknown): void {
  do block()
  while (!adapter.capabilities.resident && !future.done())
}
