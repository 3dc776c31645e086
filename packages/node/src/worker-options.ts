import type { WorkerOptions as NodeWorkerOptions } from 'node:worker_threads'

/**
 * Options of a loop's worker thread, passed on to Node as they are.
 *
 * @see https://nodejs.org/api/worker_threads.html#new-workerfilename-options
 */
export interface WorkerOptions {
  /** Name of the thread, for debuggers. The loop's name by default. */
  readonly name?: string | undefined
  /** The thread's `process.env`. By default a copy of the caller's; `SHARE_ENV` shares it. */
  readonly env?: NodeWorkerOptions['env'] | undefined
  /** Node's own options for the thread, e.g. `['--import', './register.js']`. By default the caller's. */
  readonly execArgv?: string[] | undefined
  /** What is appended to the thread's `process.argv`. Nothing by default. */
  readonly argv?: string[] | undefined
  /** Memory limits in megabytes. When they are met the loop ends, and its calls fail with `LoopExitError`. */
  readonly resourceLimits?: NodeWorkerOptions['resourceLimits'] | undefined
  /** What tasks see as `workerData` of `node:worker_threads`, by structured clone. */
  readonly workerData?: unknown
}

const names: readonly (keyof WorkerOptions)[] = ['name', 'env', 'execArgv', 'argv', 'resourceLimits', 'workerData']

/**
 * The options without those that are undefined.
 *
 * @param factory name of the function whose argument it is, for the message
 * @param more the names of options that the adapter itself has, and checks
 * @throws {TypeError} for an option that there is not
 */
export function checkWorkerOptions<O extends WorkerOptions>(
  options: O,
  factory: string,
  more: readonly string[] = [],
): Partial<O> {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${factory} takes an object of options`)
  const known: readonly string[] = [...names, ...more]
  const unknown = Object.keys(options).find((key) => !known.includes(key))
  if (unknown !== undefined) {
    throw new TypeError(`"${unknown}" is not an option of ${factory}; the options are: ${known.join(', ')}`)
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<O>
}
