/** Options of Node.js that have to do with how a worker is loaded, as synckit exports them. */
import { compareNodeVersion } from './node-version.ts'

export const IMPORT_FLAG = '--import'
export const REQUIRE_FLAG = '--require'
export const REQUIRE_ABBR_FLAG = '-r'
export const REQUIRE_FLAGS: Set<string> = new Set([REQUIRE_FLAG, REQUIRE_ABBR_FLAG])
export const LOADER_FLAG = '--loader'
export const EXPERIMENTAL_LOADER_FLAG = '--experimental-loader'
export const LOADER_FLAGS: Set<string> = new Set([LOADER_FLAG, EXPERIMENTAL_LOADER_FLAG])
export const STRIP_TYPES_FLAG = '--experimental-strip-types'
export const TRANSFORM_TYPES_FLAG = '--experimental-transform-types'
export const NO_STRIP_TYPES_FLAG = '--no-experimental-strip-types'

export const STRIP_TYPES_NODE_VERSION = '22.6'
export const TRANSFORM_TYPES_NODE_VERSION = '22.7'
export const FEATURE_TYPESCRIPT_NODE_VERSION = '22.10'
export const DEFAULT_TYPES_NODE_VERSION = '23.6'

/** What is true of every version of Node.js that this package is for. */
export const TS_ESM_PARTIAL_SUPPORTED: boolean = false
export const MTS_SUPPORTED: boolean = true
export const MODULE_REGISTER_SUPPORTED: boolean = true
export const IMPORT_FLAG_SUPPORTED: boolean = true

/** The words of `NODE_OPTIONS`; double quotes hold one together, and a backslash within them takes the next character as it is. */
export const NODE_OPTIONS: string[] = splitWords(process.env.NODE_OPTIONS ?? '')

function splitWords(text: string): string[] {
  const words = text.match(/(?:"(?:\\.|[^"\\])*"?|[^" ])+/g) ?? []
  return words.map((word) => word.replaceAll(/"((?:\\.|[^"\\])*)"?/g, (_, quoted) => quoted.replaceAll(/\\(.)/g, '$1')))
}

/** Whether this process was started with it, by its arguments or by `NODE_OPTIONS`. */
export function hasFlag(flag: string): boolean {
  return [...NODE_OPTIONS, ...process.execArgv, ...process.argv].some(
    (word) => word === flag || word.startsWith(`${flag}=`),
  )
}

export function hasRequireFlag(execArgv: string[]): boolean {
  return execArgv.some((word) => REQUIRE_FLAGS.has(word))
}

export function hasImportFlag(execArgv: string[]): boolean {
  return execArgv.includes(IMPORT_FLAG)
}

export function hasLoaderFlag(execArgv: string[]): boolean {
  return execArgv.some((word) => LOADER_FLAGS.has(word))
}

/** Whether this process was told to load no TypeScript by itself. */
export const NO_STRIP_TYPES: boolean =
  hasFlag(NO_STRIP_TYPES_FLAG) &&
  (compareNodeVersion(FEATURE_TYPESCRIPT_NODE_VERSION) >= 0
    ? Reflect.get(process.features, 'typescript') === false
    : !hasFlag(STRIP_TYPES_FLAG) && !hasFlag(TRANSFORM_TYPES_FLAG))
