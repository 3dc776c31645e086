import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The version of a package that is installed for this app; undefined if none is. */
export function installedVersion(packageName: string): string | undefined {
  for (const folder of createRequire(import.meta.url).resolve.paths(packageName) ?? []) {
    try {
      return JSON.parse(readFileSync(join(folder, packageName, 'package.json'), 'utf8')).version
    } catch {
      // It may be in the next.
    }
  }
  return undefined
}
