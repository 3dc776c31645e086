import { checkOptionNames } from './check-options.ts'
import { type ContextStorages, checkContext } from './context.ts'
import type { Adapter, OutputMode } from './contract.ts'
import { checkTimeout } from './deadline.ts'
import { describeType } from './describe-type.ts'
import type { Dual } from './dual.ts'
import { NotSupportedError } from './errors.ts'
import { Executor } from './executor.ts'
import { type AdapterChoice, checkChoice, type Explanation } from './explanation.ts'
import { Generations } from './generations.ts'
import { checkModeDefaults, type ModeDefaults } from './mode.ts'
import { hasOutputStreams } from './node-output.ts'
import { preview } from './preview.ts'
import type { AnyFunction, Tasks } from './types.ts'

export interface LoopOptions extends ModeDefaults {
  /** How the loop is run, e.g. `workerThreads()`. */
  readonly adapter: Adapter
  /** For messages, errors and thread names. `loop-1`, `loop-2`, … by default. */
  readonly name?: string | undefined
  /**
   * When the loop is started. `'at once'`, the default: by `startLoop`, so that it is there for the first call.
   * `'on-demand'`: by the first call, so that a loop that nobody calls costs nothing. What its start throws, the call
   * then fails with.
   */
  readonly start?: 'at once' | 'on-demand' | undefined
  /**
   * What a call does after the loop has died. `'on-demand'`, the default: starts a fresh one, with the modules
   * loaded anew. `'never'`: fails with the error that the loop died of.
   */
  readonly restart?: 'on-demand' | 'never' | undefined
  /**
   * How long a loop may take to acknowledge a cancellation, or to end when it was asked to, before it is killed, in
   * milliseconds; 1,000 by default. A loop whose code never yields does neither. Where the adapter cannot kill, it has
   * no effect.
   */
  readonly grace?: number | undefined
  /**
   * Where what tasks print by `console`, `process.stdout` and `process.stderr` goes. `'inherit'`, the default: straight
   * to the descriptors of the process that they run in, at once. `'relay'`: through this thread's own
   * `process.stdout.write` and `process.stderr.write`, for programs that capture these; while this thread is blocked,
   * too. It is in order with what this thread prints, and a slow reader does not hold the task back.
   */
  readonly output?: OutputMode | undefined
  /**
   * `AsyncLocalStorage`s whose values go with each call: in the task, `getCall().context` has them by these names.
   * They cross like arguments; one that is undefined is left out. While a callback of the call is served, the storages
   * hold what they held when the call was made.
   *
   * @example startLoop({ adapter, context: { requestId: requestIdStorage } })
   */
  readonly context?: ContextStorages | undefined
  /** Gives how the adapter was chosen, where that was not by hand: {@link Loop.explain} asks for it. */
  readonly choice?: (() => AdapterChoice) | undefined
}

export interface StopOptions {
  /**
   * Longest time to wait for the calls that are under way, in milliseconds. When it is up they fail with
   * `LoopStoppedError`, and the loop is killed. Without it, or with `Infinity`, they are waited for.
   */
  readonly timeout?: number | undefined
}

/**
 * `running`: takes calls; a loop that died starts again with the next one. `stopping`: finishes what is under way.
 * `stopped`: for good.
 */
export type LoopState = 'running' | 'stopping' | 'stopped'

/** A background event loop. It does not keep the process alive while it is idle. */
export interface Loop {
  readonly name: string
  readonly adapter: Adapter
  readonly state: LoopState
  /**
   * The functions that a module exports, as dual functions. Returns at once; the loop begins to import the module.
   *
   * @typeParam M the type of the module, `typeof import('./tasks.js')`
   * @param specifier a URL (recommended: `new URL('./tasks.js', import.meta.url)`), or a path or bare specifier,
   *   which are resolved from the working directory. Where the adapter declares `modules: 'name'`, the name of a module
   *   that the other side serves
   * @throws {TypeError} if it is neither a string nor, where modules have URLs, a URL. A failing import shows in the calls, as `LoopStartError`
   */
  load<M = Record<string, (...args: unknown[]) => unknown>>(specifier: string | URL): Tasks<M>
  /**
   * A function of the caller's, run on the loop. It is sent as source: the variables around it are not there, and
   * using one is a `ReferenceError` that says so. In it, `import()` knows Node's own modules and absolute URLs. Where
   * the adapter declares `closures`, it is this very function, and may be any.
   *
   * @throws {TypeError} for what cannot be sent as source: native and bound functions, classes, methods with `super`
   * @throws {NotSupportedError} where the adapter takes modules by name only
   * @example loop.inline(async (ms: number) => ms * 2).sync(21)
   */
  inline<F extends AnyFunction>(f: F): Dual<F>
  /**
   * Takes no more calls, waits for those under way, and ends the loop. Asked again, it waits for the same end.
   *
   * @throws {TimeoutError} if the time was up before the calls were done; the loop has been killed then
   */
  stop(options?: StopOptions): Promise<void>
  /** The same, blocking this thread. */
  stopSync(options?: StopOptions): void
  /**
   * Has all calls from now on run on a fresh loop, which imports its modules anew, and does not block. Calls under
   * way end on the old one, which is then stopped, or killed after its `grace`. After a death it starts a loop, also
   * with `restart: 'never'`.
   *
   * @throws {LoopStoppedError} after a stop
   * @throws {LoopStartError} as {@link startLoop}; the next call tries again
   */
  restart(): void
  /** What the loop is run by, why by that, and why not by another one: as data, and by `String()` as text. */
  explain(): Explanation
  /** Keeps the process alive until the loop is stopped, calls or none. A new loop does not. */
  ref(): void
  /** The opposite: only calls whose promise or done callback was taken do. */
  unref(): void
  /** As {@link stop}: what is under way is waited for. For `await using`. */
  [Symbol.asyncDispose](): Promise<void>
  /**
   * Cancels what is under way and has the loop end, without waiting for it. For `using`, which cannot tell whether its
   * block was left by a throw.
   */
  [Symbol.dispose](): void
}

/**
 * Starts a background event loop, and returns at once, before it runs; with `start: 'on-demand'` the first call does.
 *
 * A loop that dies wakes everyone who waits for it, with `LoopExitError`; after it has failed to start several
 * times in a row, the next attempts are spaced out, and calls until then fail at once.
 * @throws {TypeError | RangeError} for an option that cannot be right
 * @throws {NotSupportedError} `ERR_AMBISYNC_NOT_SUPPORTED` for `output: 'relay'` where the adapter cannot relay, and
 *   where the adapter cannot run
 * @throws {LoopStartError} `ERR_AMBISYNC_LOOP_START` if the adapter could not even begin to start it
 * @example
 * const loop = startLoop({ adapter: workerThreads() })
 * const tasks = loop.load<typeof import('./tasks.js')>(new URL('./tasks.js', import.meta.url))
 */
export function startLoop(options: LoopOptions): Loop {
  const checked = checkLoopOptions(options, 'startLoop')
  const named = { ...checked, name: checked.name ?? `loop-${++loopsStarted}` }
  return new Executor(named, (onProgress) => new Generations(named, onProgress))
}

let loopsStarted = 0

/** Options of {@link startLoop}, checked and with their defaults. */
export interface CheckedLoopOptions {
  readonly adapter: Adapter
  readonly name: string | undefined
  readonly start: 'at once' | 'on-demand'
  readonly choice: () => AdapterChoice
  readonly restart: 'on-demand' | 'never'
  readonly grace: number
  readonly context: ContextStorages | undefined
  readonly output: OutputMode
  readonly modes: ModeDefaults
}

/**
 * @param owner what the options are of, for the message
 * @param more the names of further options, which the caller checks
 * @throws {TypeError | RangeError} for an option that cannot be right
 */
export function checkLoopOptions(
  options: LoopOptions,
  owner: string,
  more: readonly string[] = [],
): CheckedLoopOptions {
  checkOptionNames(
    options,
    ['adapter', 'name', 'start', 'restart', 'grace', 'context', 'output', 'mode', 'detector', 'choice', ...more],
    owner,
  )
  const { adapter, name, start = 'at once', restart = 'on-demand', grace, output = 'inherit' } = options
  if (typeof adapter?.open !== 'function') {
    throw new TypeError(`adapter must be an adapter, such as workerThreads(), not ${describeType(adapter)}`)
  }
  if (name !== undefined && typeof name !== 'string') {
    throw new TypeError(`name must be a string, not ${describeType(name)}`)
  }
  if (start !== 'at once' && start !== 'on-demand') {
    throw new TypeError(`start must be 'at once' or 'on-demand', not ${String(start)}`)
  }
  if (restart !== 'on-demand' && restart !== 'never') {
    throw new TypeError(`restart must be 'on-demand' or 'never', not ${String(restart)}`)
  }
  checkOutput(output, adapter)
  return {
    adapter,
    name,
    start,
    choice: checkChoice(options.choice),
    restart,
    grace: checkTimeout(grace ?? 1_000, 'grace'),
    context: checkContext(options.context),
    output,
    modes: checkModeDefaults(options),
  }
}

function checkOutput(output: OutputMode, { name, capabilities }: Adapter): void {
  if (output === 'inherit') return
  if (output !== 'relay') throw new TypeError(`output must be 'inherit' or 'relay', not ${preview(output)}`)
  const why = !capabilities.relay
    ? `the ${name} adapter does not relay what tasks print`
    : hasOutputStreams()
      ? undefined
      : 'this runtime has no process.stdout'
  if (why === undefined) return
  throw new NotSupportedError(`output: 'relay' is not supported: ${why}; leave the option out`, { adapter: name })
}
