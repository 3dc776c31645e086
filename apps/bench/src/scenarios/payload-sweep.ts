import { isSameBytes, makeBytes, stamped } from './bytes.ts'
import { timeRoundTrips } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = {
  name: 'sweep',
  title: 'round trip of bytes, by how many',
  unit: 'us',
  baseline: 'synckit',
  parameter: { name: 'payload', unit: 'B' },
  parameters: [1, 64, 1_024, 16_384, 262_144, 4_194_304, 67_108_864],
  placements: ['free'],
  timeout: 120_000,
  measure(contestant, { parameter = 1, effort }) {
    return timeRoundTrips(contestant, { make: stamped(makeBytes(parameter)), isSame: isSameBytes }, { effort })
  },
}
