import { roundTrip } from './round-trip.ts'
import type { Scenario } from './scenario.ts'

type Item = { readonly id: number; readonly name: string }

const objects: readonly Item[] = Array.from({ length: 999 }, (_, id) => ({ id, name: `name ${id}` }))

// The general comparison takes about as long as the call.
function isSameAs(this: readonly Item[], { id, name }: Item, index: number): boolean {
  return this[index]?.id === id && this[index].name === name
}

export const scenario: Scenario = roundTrip('objects', 'round trip of 1,000 objects', {
  make: (call) => [{ id: call, name: `name ${call}` }, ...objects],
  isSame: (result, value) => {
    const [items, wanted] = [result, value] as [readonly Item[], readonly Item[]]
    return Array.isArray(items) && items.length === wanted.length && wanted.every(isSameAs, items)
  },
})
