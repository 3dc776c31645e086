import type { Adapter } from '@ambisync/core'
import { Misuse } from '../command/exit-codes.ts'
import { installCommandHere } from '../command/package-manager.ts'
import { findPackage, makeAdapter, placesFrom } from '../installed.ts'
import { slugOf, strategies } from '../strategies.ts'

/**
 * The adapter of the strategy of that name.
 *
 * @throws {Misuse} if it is not installed
 * @throws {NotSupportedError} where it cannot run at all
 */
export async function localAdapter(name: string): Promise<Adapter> {
  const strategy = strategies.find((each) => slugOf(each) === name)
  if (strategy === undefined) throw new Misuse(`there is no adapter ${name}`)
  const installed = findPackage(strategy.package, placesFrom(process.cwd()))
  if (installed !== undefined) return makeAdapter(installed, strategy)
  throw new Misuse(`not installed: ${name}; ${await installCommandHere([strategy.package])}`)
}
