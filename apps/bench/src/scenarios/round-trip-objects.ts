import { roundTrip } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

type Item = { readonly id: number; readonly name: string }

const objects: readonly Item[] = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `name ${id}` }))

// The general comparison takes about as long as the call.
function isSameAs(this: readonly Item[], { id, name }: Item): boolean {
  return this[id]?.id === id && this[id].name === name
}

export const scenario: Scenario = roundTrip('objects', 'round trip of 1,000 objects', {
  make: () => objects,
  isSame: (result) => Array.isArray(result) && result.length === objects.length && objects.every(isSameAs, result),
})
