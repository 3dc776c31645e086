import { isSameBytes, makeBytes } from './bytes.ts'
import { roundTrip } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

const bytes = makeBytes(1_000_000)

export const scenario: Scenario = roundTrip('bytes', 'round trip of 1 MB of bytes', {
  make: () => bytes,
  isSame: isSameBytes,
})
