import { createRequire } from 'node:module'
import { type Adapter, type AdapterChoice, NotSupportedError, type PassedOver } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { findPackage, type Installed, makeAdapter } from './installed.ts'
import type { Need } from './needs.ts'
import { obstacleTo } from './obstacles.ts'
import { inOrder, installCommand, reasonsFor, whatLacks, whyNotInPlaceOf } from './preference.ts'
import type { Strategy } from './strategies.ts'

/** An adapter, and why this one. */
export interface ChosenAdapter {
  readonly adapter: Adapter
  readonly strategy: Strategy
  /** Looks at those that come after it only when it is asked for. */
  readonly choice: () => AdapterChoice
}

/**
 * The first strategy that meets all needs, is installed, and can run here.
 *
 * @throws {NotSupportedError} where there is none: what speaks against each, and what to install
 */
export function chooseAdapter(wanted: readonly Need[]): ChosenAdapter {
  const before: PassedOver[] = []
  const candidates = inOrder(wanted)
  for (const [position, strategy] of candidates.entries()) {
    const made = tryToMake(strategy, wanted)
    if ('open' in made) {
      const choice = (): AdapterChoice => {
        const after = candidates.slice(position + 1).map((later) => passOverAfter(strategy, later, wanted))
        return { reasons: reasonsFor(strategy, wanted), others: [...before, ...after] }
      }
      return { adapter: made, strategy, choice }
    }
    before.push(made)
  }
  throw noneMeets(wanted, before)
}

/** This one is a dependency, and imported, so that it is there in a bundle as well. */
function findStrategy(strategy: Strategy): Pick<Installed, 'load' | 'require'> | undefined {
  if (strategy.factory !== 'workerThreads') return findPackage(strategy.package)
  return { load: () => ({ workerThreads }), require: createRequire(import.meta.url) }
}

function tryToMake(strategy: Strategy, wanted: readonly Need[]): Adapter | PassedOver {
  const { name: adapter } = strategy
  const lack = whatLacks(strategy, wanted)
  if (lack !== undefined) return { adapter, why: lack }
  const installed = findStrategy(strategy)
  if (installed === undefined) {
    return { adapter, why: 'it would do, but is not installed', install: installCommand([strategy.package]) }
  }
  const obstacle = obstacleTo(strategy, installed)
  if (obstacle !== undefined) return { adapter, why: obstacle }
  try {
    return makeAdapter(installed, strategy)
  } catch (error) {
    if (error instanceof NotSupportedError) return { adapter, why: `it cannot run here: ${error.message}` }
    throw error
  }
}

/** With the command that installs it, where it would do as well. */
function passOverAfter(chosen: Strategy, strategy: Strategy, wanted: readonly Need[]): PassedOver {
  const passedOver = { adapter: strategy.name, why: whyNotInPlaceOf(chosen, strategy, wanted) }
  const isOfUse = whatLacks(strategy, wanted) === undefined && findStrategy(strategy) === undefined
  return isOfUse ? { ...passedOver, install: installCommand([strategy.package]) } : passedOver
}

function noneMeets(wanted: readonly Need[], others: readonly PassedOver[]): NotSupportedError {
  const what =
    wanted.length === 0 ? 'no adapter can run here' : `no adapter that can run here meets ${wanted.join(', ')}`
  const lines = others.map(({ adapter, why, install }) => `- ${adapter}: ${why}${install ? `; ${install}` : ''}`)
  const install = others.find((other) => other.install !== undefined)?.install
  return new NotSupportedError([`${what}:`, ...lines, ...(install === undefined ? [] : [`Run: ${install}`])].join('\n'))
}
