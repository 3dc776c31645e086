import { roundTrip } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = roundTrip('number', 'round trip of a number', {
  make: (call) => call,
  isSame: Object.is,
})
