import type { ReportedContestant } from 'ambisync/bench'
import { Misuse } from '../command/exit-codes.ts'
import { installCommandHere } from '../command/package-manager.ts'
import { findPackage, placesFrom } from '../installed.ts'
import { runtimeName } from '../runtime-name.ts'
import { type Strategy, slugOf, strategies } from '../strategies.ts'

/** What everything is compared with: the function itself, awaited in the thread that calls. Nothing blocks there. */
export const baseline = 'plain await'

export interface Field {
  readonly contestants: readonly ReportedContestant[]
  /** The command that installs those that are missing. */
  readonly install: string | undefined
}

/**
 * The strategies that are installed, those of `only` if it says any.
 *
 * @throws {Misuse} if one of `only` is not installed
 */
export async function findContestants(only: readonly string[] | undefined): Promise<Field> {
  const wanted = strategies.filter((strategy) => only?.includes(slugOf(strategy)) ?? true)
  const found = wanted.flatMap((strategy) => contestant(strategy) ?? [])
  const missing = wanted.filter(({ package: name }) => findPackage(name, placesFrom(process.cwd())) === undefined)
  const packages = [...new Set(missing.map(({ package: name }) => name))]
  const install = packages.length === 0 ? undefined : await installCommandHere(packages)
  if (only !== undefined && install !== undefined) {
    throw new Misuse(`not installed: ${missing.map(slugOf).join(', ')}; ${install}`)
  }
  const plain: ReportedContestant = { name: baseline, kind: 'native', version: runtimeName() }
  return { contestants: [plain, ...found], install }
}

function contestant({ name, package: from, capabilities }: Strategy): ReportedContestant | undefined {
  const installed = findPackage(from, placesFrom(process.cwd()))
  return installed && { name, kind: 'adapter', version: installed.version, capabilities: { ...capabilities } }
}
