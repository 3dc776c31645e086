import { isDeepStrictEqual } from 'node:util'
import { roundTrip } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = roundTrip('object', 'round trip of a small object', {
  make: (id) => ({ id, name: 'a name', tags: ['one', 'two', 'three'], nested: { on: true, count: 3 } }),
  isSame: isDeepStrictEqual,
})
