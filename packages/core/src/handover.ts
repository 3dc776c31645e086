import type { Capabilities } from './contract.ts'
import { encodeValue } from './encode-value.ts'
import type { EncodedThrown } from './protocol.ts'
import type { EncodedValue } from './special-values.ts'
import { cloneableThrown, postThrown } from './thrown.ts'

/**
 * How values get from one end of a channel to the other: as copies, or, within one realm, as they are. What has arrived
 * needs no such distinction: only what was encoded has to be decoded.
 */
export interface Handover {
  /** The other end gets the very objects. */
  readonly byReference: boolean
  /**
   * A value as it is sent. Runs `encode` of registered classes.
   *
   * @throws {Unsendable} for what would arrive as something else
   */
  encode(value: unknown, name: string): EncodedValue
  /** Sends a thrown value, whatever it is, by `post`. */
  postThrown(thrown: unknown, post: (encoded: EncodedThrown) => void): void
  /** A thrown value that is sent later on, and cannot be refused then. */
  encodeThrown(thrown: unknown): EncodedThrown
}

const byCopy: Handover = { byReference: false, encode: encodeValue, postThrown, encodeThrown: cloneableThrown }

const byReference: Handover = {
  byReference: true,
  encode: (value) => ({ value }),
  postThrown: (value, post) => post({ value }),
  encodeThrown: (value) => ({ value }),
}

export function handoverOf({ closures }: Pick<Capabilities, 'closures'>): Handover {
  return closures ? byReference : byCopy
}
