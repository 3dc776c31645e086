import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Adapter } from '@ambisync/core'
import type { Strategy } from './strategies.ts'

/** Where packages are looked for: what `createRequire` takes, in order. */
export type Places = readonly (string | URL)[]

/** Beside this package. */
const ownPlace: Places = [import.meta.url]

/** For the command, which may come out of a cache of npx: first where the user is. */
export function placesFrom(folder: string): Places {
  return [pathToFileURL(`${folder}/`), ...ownPlace]
}

/** A package that was found. */
export interface Installed {
  readonly version: string
  /** Of its main file. */
  readonly url: string
  /** Imports it: packages of the house have no top-level await, so that `require` can. */
  load(): Readonly<Record<string, unknown>>
  /** Loads what it depends on itself. */
  readonly require: (name: string) => unknown
}

/** Looks for a package without running it. Undefined where it is not installed. */
export function findPackage(name: string, places: Places = ownPlace): Installed | undefined {
  for (const place of places) {
    const require = createRequire(place)
    let path: string
    try {
      path = require.resolve(name)
    } catch (error) {
      if (isNotFound(error)) continue
      throw error
    }
    return {
      version: versionOf(require, name),
      url: pathToFileURL(path).href,
      load: () => require(name),
      require: createRequire(path),
    }
  }
  return undefined
}

/** `ERR_PACKAGE_PATH_NOT_EXPORTED` would be a package that is broken. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
}

function versionOf(require: NodeJS.Require, name: string): string {
  try {
    const { version }: { version?: unknown } = require(`${name}/package.json`)
    return typeof version === 'string' ? version : 'unknown'
  } catch {
    // Not every package lets its package.json be read.
    return 'unknown'
  }
}

/**
 * Makes the adapter of a strategy.
 *
 * @throws {NotSupportedError} where it cannot run at all, as its factory says
 */
export function makeAdapter(
  installed: Pick<Installed, 'load'>,
  { factory, options, package: name }: Strategy,
): Adapter {
  const make = installed.load()[factory]
  if (typeof make !== 'function') {
    throw new TypeError(`${name} has no ${factory}; install a version that goes with ambisync's`)
  }
  return options === undefined ? make() : make(options)
}
