import { isSameBytes, makeBytes, stamped } from './bytes.ts'
import { roundTrip } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = roundTrip('bytes', 'round trip of 1 MB of bytes', {
  make: stamped(makeBytes(1_000_000)),
  isSame: isSameBytes,
})
