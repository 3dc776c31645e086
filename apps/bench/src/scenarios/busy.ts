import { timeRoundTrips } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = {
  name: 'busy',
  title: 'round trip of a number while all cores are busy',
  unit: 'us',
  baseline: 'synckit',
  placements: ['busy'],
  timeout: 120_000,
  measure: (contestant, order) => timeRoundTrips(contestant, { make: (call) => call, isSame: Object.is }, order),
}
