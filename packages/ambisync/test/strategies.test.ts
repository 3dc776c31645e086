import { expect, it } from 'vitest'
import { findPackage, makeAdapter } from '../src/installed.ts'
import { needNames, needs } from '../src/needs.ts'
import { strategies } from '../src/strategies.ts'

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

it('no two have the same round trip', () => {
  expect(strategies.map(({ latencyRank }) => latencyRank).sort()).toEqual([1, 2, 3, 4, 5])
})
