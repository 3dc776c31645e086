import type { Adapter } from '@ambisync/core'
import type { ReportedContestant } from 'ambisync/bench'
import type { Contestant } from '../contestants/contestant.ts'
import type { Runtime } from './runtime.ts'
import { installedVersion } from './versions.ts'

/** What a report says about contestants. */
export function reportContestants(
  contestants: readonly Contestant[],
  runtime: Runtime,
): Promise<readonly ReportedContestant[]> {
  return Promise.all(
    contestants.map(async ({ name, kind, packageName, importAdapter }) => {
      const version = packageName === undefined ? runtime.name : (installedVersion(packageName) ?? 'not installed')
      if (importAdapter === undefined) return { name, kind, version }
      const capabilities = await importAdapter().then((adapter) => told(adapter.capabilities), noCapabilities)
      return { name, kind, version, ...(capabilities === undefined ? {} : { capabilities }) }
    }),
  )
}

type Told = NonNullable<ReportedContestant['capabilities']>

/** Those that there is something to say of. */
function told(capabilities: Adapter['capabilities']): Told {
  const entries: [string, Told[string]][] = Object.entries(capabilities)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** An adapter that cannot be imported here says so in its row, when it is measured. */
function noCapabilities(): undefined {}
