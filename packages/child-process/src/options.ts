/** Where a standard stream of the process leads: to the caller's own, nowhere, or to a file descriptor of the caller. */
export type ProcessStdio = 'inherit' | 'ignore' | number

/** Options of `childProcess`. */
export interface ChildProcessOptions {
  /**
   * The process lives on from call to call, and keeps the state of its modules. True by default; with `false` each call
   * has a process of its own.
   */
  readonly persistent?: boolean | undefined
  /** Working directory of the process. The caller's, when the loop starts, by default. */
  readonly cwd?: string | URL | undefined
  /** All of the environment of the process. A copy of the caller's, when the loop starts, by default. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /**
   * Node's own options for the process, e.g. `['--import', './register.js']`. By default the caller's, without those that
   * are for the caller's own script or debugger.
   */
  readonly execArgv?: readonly string[] | undefined
  /** The Node.js to run, of the same version as the caller's. The caller's own by default. */
  readonly execPath?: string | undefined
  /** Numeric user identity that the process takes on. */
  readonly uid?: number | undefined
  /** Numeric group identity that the process takes on. */
  readonly gid?: number | undefined
  /** The most that the process may keep on its heap for long, in megabytes: `--max-old-space-size`. Node's by default. */
  readonly maxOldSpaceMb?: number | undefined
  /**
   * Where standard input, output and error of the process lead: one for all, or a list of three. `'inherit'` by default.
   */
  readonly stdio?: ProcessStdio | readonly [stdin: ProcessStdio, stdout: ProcessStdio, stderr: ProcessStdio] | undefined
}

type Check = (value: unknown) => string | undefined

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && !value.includes('\0')
const isId = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32

/** What is wrong with each option, as what it must be. */
const checks: Readonly<Record<keyof ChildProcessOptions, Check>> = {
  persistent: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  cwd: (value) =>
    isText(value) || (value instanceof URL && value.protocol === 'file:')
      ? undefined
      : 'must be the path, or the file: URL, of a folder',
  env: (value) => (isEnvironment(value) ? undefined : 'must be an object whose values are strings'),
  execArgv: (value) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string' && !each.includes('\0'))
      ? undefined
      : 'must be an array of strings',
  execPath: (value) => (isText(value) ? undefined : 'must be the path of a Node.js executable'),
  uid: (value) => (isId(value) ? undefined : 'must be a numeric user identity'),
  gid: (value) => (isId(value) ? undefined : 'must be a numeric group identity'),
  maxOldSpaceMb: (value) =>
    Number.isInteger(value) && Number(value) > 0 ? undefined : 'must be a whole number of megabytes, 1 or more',
  stdio: whatIsWrongWithStdio,
}

/** Those whose number is wrong in itself, and not of the wrong type. */
const ranges: readonly string[] = ['uid', 'gid', 'maxOldSpaceMb']

/**
 * The options without those that are undefined.
 *
 * @throws {TypeError} for an option that there is not, or whose value is of the wrong type
 * @throws {RangeError} for a number that cannot be right
 */
export function checkOptions(options: ChildProcessOptions): ChildProcessOptions {
  if (typeof options !== 'object' || options === null) throw new TypeError('childProcess takes an object of options')
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    if (!Object.hasOwn(checks, name)) {
      const names = Object.keys(checks).join(', ')
      throw new TypeError(`"${name}" is not an option of childProcess; the options are: ${names}`)
    }
    const problem = checks[name as keyof ChildProcessOptions](value)
    if (problem === undefined) continue
    const isRange = ranges.includes(name) && typeof value === 'number'
    throw new (isRange ? RangeError : TypeError)(`${name} ${problem}, not ${describe(value)}`)
  }
  return Object.fromEntries(given)
}

function isEnvironment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((each) => each === undefined || (typeof each === 'string' && !each.includes('\0')))
}

function whatIsWrongWithStdio(value: unknown): string | undefined {
  const streams: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (Array.isArray(value) && streams.length !== 3) return 'must have three entries: standard input, output and error'
  if (streams.some((each) => each === 'pipe' || each === 'overlapped')) {
    return "must not be 'pipe', which nobody would read; to get what tasks print use output: 'relay' of startLoop"
  }
  const isStream = (each: unknown): boolean => each === 'inherit' || each === 'ignore' || isId(each)
  return streams.every(isStream) ? undefined : "must be 'inherit', 'ignore' or a file descriptor, or a list of three"
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return 'that array'
  return typeof value === 'object' && value !== null ? 'that object' : String(value)
}
