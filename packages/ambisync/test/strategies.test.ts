import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findPackage, makeAdapter } from '../src/installed.ts'
import { needNames, needs } from '../src/needs.ts'
import { strategies } from '../src/strategies.ts'

interface Measured {
  readonly scenario: string
  readonly contestant: string
  readonly placement: string
  readonly outcome: { readonly p50?: number }
}

const performance: { readonly results: readonly Measured[] } = JSON.parse(
  readFileSync(new URL('../../../docs/data/performance.json', import.meta.url), 'utf8'),
)

it.each(strategies)('$name has the capabilities that its adapter declares', (strategy) => {
  const installed = findPackage(strategy.package)
  if (installed === undefined) throw new Error(`${strategy.package} is not installed`)
  expect(makeAdapter(installed, strategy).capabilities).toEqual(strategy.capabilities)
})

it.each(needNames)('%s is met by some strategy, and not by all, or says which comes first', (need) => {
  const { isMetBy } = needs[need]
  if (isMetBy === undefined) return
  const met = strategies.filter(({ capabilities }) => isMetBy(capabilities))
  expect(met.length).toBeGreaterThan(0)
  expect(met.length).toBeLessThan(strategies.length)
})

it('they stand in the order of the round trips that were measured, but for what holds up its caller', () => {
  const byLatency = strategies.toSorted((one, other) => one.latencyRank - other.latencyRank)
  expect(byLatency.map(({ latencyRank }) => latencyRank)).toEqual([1, 2, 3, 4, 5])
  expect(byLatency.at(-1)?.capabilities.runsOn).toBe("caller's thread")
  const roundTrips = byLatency.slice(0, -1).map(({ name }) => roundTrip(name))
  expect(roundTrips).toEqual(roundTrips.toSorted((one, other) => one - other))
})

/** Of a number, in microseconds: the median, with processes that run freely. */
function roundTrip(contestant: string): number {
  const found = performance.results.find(
    (each) => each.scenario === 'number' && each.contestant === contestant && each.placement === 'free',
  )
  if (found?.outcome.p50 === undefined) throw new Error(`docs/data/performance.json has nothing of ${contestant}`)
  return found.outcome.p50
}
