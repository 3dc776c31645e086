import { roundTrip } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

const letters = Array.from({ length: 1_020 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('')

export const scenario: Scenario = roundTrip('string', 'round trip of a 1 KB string', {
  make: (call) => letters + String(call % 10_000).padStart(4, '0'),
  isSame: Object.is,
})
