import { isAbsolute } from 'node:path'

/** Where a child process reads from or writes to: the caller's own, nowhere, or a file descriptor of the caller's. */
export type StdioTarget = 'inherit' | 'ignore' | number

/**
 * Options of a child process.
 *
 * @see https://nodejs.org/api/child_process.html#child_processspawncommand-args-options
 */
export interface ProcessOptions {
  /** Its working directory. The caller's by default. */
  readonly cwd?: string | URL | undefined
  /** Its environment, in place of a copy of the caller's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Node's own options for it, e.g. `['--import', './register.js']`. By default the caller's, without those that are for the caller alone. */
  readonly execArgv?: readonly string[] | undefined
  /** The Node.js that it runs on, as an absolute path. By default the caller's. */
  readonly execPath?: string | undefined
  /** The user that it runs as, by number. Not on Windows. */
  readonly uid?: number | undefined
  /** The group that it runs as, by number. Not on Windows. */
  readonly gid?: number | undefined
  /** Limit of its heap for long-lived objects, in megabytes. When it is met, the process ends. Node's own by default. */
  readonly maxOldSpaceMb?: number | undefined
  /** Its standard input, output and error. `'inherit'`, the caller's own, by default. */
  readonly stdio?: StdioTarget | readonly [stdin: StdioTarget, stdout: StdioTarget, stderr: StdioTarget] | undefined
}

type Check = (value: unknown, name: string) => void

const refuse = (name: string, wanted: string, value: unknown): never => {
  throw new TypeError(`${name} must be ${wanted}, not ${value === null ? 'null' : typeof value}`)
}

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0

const wholeNumber =
  (least: number): Check =>
  (value, name) => {
    if (typeof value !== 'number') refuse(name, 'a number', value)
    if (!isWhole(value) || value < least)
      throw new RangeError(`${name} must be a whole number from ${least} up, not ${value}`)
  }

const isTarget = (value: unknown): boolean => value === 'inherit' || value === 'ignore' || isWhole(value)

const checks: Readonly<Record<keyof ProcessOptions, Check>> = {
  cwd(value, name) {
    if (typeof value !== 'string' && !(value instanceof URL)) refuse(name, 'a path or a file: URL', value)
    if (value instanceof URL && value.protocol !== 'file:')
      throw new TypeError(`${name} must be a file: URL, not ${value}`)
  },
  env(value, name) {
    if (typeof value !== 'object' || value === null) refuse(name, 'an object of strings', value)
    for (const [key, text] of Object.entries(Object(value)))
      if (text !== undefined && typeof text !== 'string') refuse(`${name}.${key}`, 'a string', text)
  },
  execArgv(value, name) {
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
      refuse(name, 'an array of strings', value)
  },
  execPath(value, name) {
    if (typeof value !== 'string') refuse(name, 'an absolute path', value)
    else if (!isAbsolute(value)) throw new TypeError(`${name} must be an absolute path, not "${value}"`)
  },
  uid: wholeNumber(0),
  gid: wholeNumber(0),
  maxOldSpaceMb: wholeNumber(1),
  stdio(value, name) {
    const isList = Array.isArray(value) && value.length === 3 && value.every(isTarget)
    if (isList || isTarget(value)) return
    const target = "'inherit', 'ignore' or a file descriptor"
    throw new TypeError(
      `${name} must be ${target}, or an array of three of them; there is nobody here who reads a pipe`,
    )
  },
}

/**
 * The options without those that are undefined.
 *
 * @param factory name of the function whose argument it is, for the message
 * @throws {TypeError | RangeError} for an option that there is not, or that cannot be right
 */
export function checkProcessOptions(options: ProcessOptions, factory: string): ProcessOptions {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${factory} takes an object of options`)
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    const check = Object.hasOwn(checks, name) ? checks[name as keyof ProcessOptions] : undefined
    if (check === undefined) {
      const names = Object.keys(checks).join(', ')
      throw new TypeError(`"${name}" is not an option of ${factory}; the options are: ${names}`)
    }
    check(value, `${factory}: ${name}`)
  }
  return Object.fromEntries(given)
}
