import type { Adapter, Loop, LoopOptions, Pool, PoolOptions } from '@ambisync/core'
import type { Capabilities } from '@ambisync/core/adapter'

/**
 * One thing that an adapter has to get right.
 *
 * A case is data: it imports no test runner, it is addressed by its name, and it is meant to be started from a
 * macrotask, because an adapter may block by turning the caller's event loop.
 */
export interface Case {
  /** Unique, and begins with its group: `errors: a cause crosses`. */
  readonly name: string
  /** The capabilities that an adapter must have declared exactly so for the case to concern it. */
  readonly needs: Needs
  /** Resolves if the adapter does it right, and rejects with what is wrong. */
  run(context: CaseContext): Promise<void>
}

/**
 * Of `survives` the ends that are named have to be among those declared, and `runsOn` has to be one of those named, where it is
 * a list; all else has to be equal.
 */
export type Needs = { readonly [K in Exclude<keyof Capabilities, 'runsOn'>]?: Capabilities[K] | undefined } & {
  readonly runsOn?: RunsOn | readonly RunsOn[]
}

type RunsOn = Capabilities['runsOn']

/** Where tasks share the standard streams of their caller, and end with it. */
export const onThisMachine: Needs = { runsOn: ['worker thread', 'web worker', 'child process', "caller's thread"] }

/**
 * Where a loop has a realm of its own: values are copied on their way, what cannot be is refused, and modules have
 * variables of their own.
 */
export const ownRealm: Needs = { closures: undefined }

/** Where tasks run in the realm of their caller, and its event loop is turned while it is blocked. */
export const callersRealm: Needs = { closures: true }

/** What a case works with. */
export interface CaseContext {
  readonly adapter: Adapter
  /** Starts a loop of the adapter under test. It is stopped when the case is over. */
  startLoop(options?: Omit<LoopOptions, 'adapter'>): Loop
  /** The same for a pool. It has two members if nothing else is said. */
  startPool(options?: Omit<PoolOptions, 'adapter'>): Pool
  /**
   * Runs one of the suite's programs in a process of its own, with the adapter under test.
   *
   * @param onOutput is given what the program has printed so far whenever there is more, and a way to answer by a
   *   line on its standard input
   */
  runProgram(name: string, onOutput?: OnOutput, options?: ProgramOptions): Promise<ProgramResult>
}

export type OnOutput = (printed: string, answer: (line: string) => void) => void

export interface ProgramOptions {
  /** What the program is given as `argument(0)` and so on. */
  readonly args?: readonly string[]
  /**
   * Reads the standard output 64 KB at a time, and not before the program has said something on its standard error: what
   * it prints has to wait for its reader.
   */
  readonly readSlowly?: true
}

export interface ProgramResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export function concerns({ needs }: Case, capabilities: Capabilities): boolean {
  const { survives = [], runsOn, ...rest } = needs
  if (runsOn !== undefined && ![runsOn].flat().includes(capabilities.runsOn)) return false
  if (!survives.every((end) => capabilities.survives.includes(end))) return false
  return Object.entries(rest).every(([key, value]) => capabilities[key as keyof Capabilities] === value)
}
