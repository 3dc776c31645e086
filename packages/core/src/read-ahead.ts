import { describeType } from './describe-type.ts'

/*
 * How far a generator on a loop may run ahead of whoever iterates over it. The caller grants, the loop uses up, and what
 * has been consumed is granted again.
 */

/** Enough to hide the way to the loop and back behind the batch that is being consumed. */
export const defaultReadAhead = 256

/** What an item counts for: one, and for text and bytes one more for each 1,024 characters or bytes. */
export function weightOf(item: unknown): number {
  if (typeof item === 'string') return 1 + Math.floor(item.length / 1024)
  if (typeof item !== 'object' || item === null) return 1
  if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) return 1 + Math.floor(item.byteLength / 1024)
  return 1
}

/** @throws {TypeError | RangeError} if it is not a whole number from 0 up */
export function checkReadAhead(readAhead: unknown): void {
  if (readAhead === undefined) return
  if (typeof readAhead !== 'number') throw new TypeError(`readAhead must be a number, not ${describeType(readAhead)}`)
  if (Number.isSafeInteger(readAhead) && readAhead >= 0) return
  throw new RangeError(`readAhead must be a whole number of items from 0 up, not ${readAhead}`)
}
