import { describeType } from './describe-type.ts'
import { NotSupportedError } from './errors.ts'
import { createAsyncStorage } from './node-async-context.ts'
import { preview } from './preview.ts'
import { thread } from './thread.ts'
import type { AnyFunction } from './types.ts'

/*
 * Which of its two ways `.auto` takes. The first that says something decides: the call's own option, the scope that it
 * is made in, the detector, the default of the loop.
 */

/** How `.auto` makes a call: `sync` blocks for the result, `async` returns a promise of it. */
export type Mode = 'sync' | 'async'

/** As an option; `auto`, the same as leaving it out, leaves the choice to what comes next. */
export type ModeOption = Mode | 'auto'

/** Tells by its caller how a call is to be made. `callerDetector()` of `@ambisync/detect` is one. */
export interface CallerDetector {
  /**
   * How whoever called `form` is to be served.
   *
   * @param form the function that was called: its caller is the frame below it on the stack
   */
  modeOf(form: AnyFunction): Mode
  /**
   * Told of each call by `.sync` when it is over, while `form` is still on the stack. Left out where nobody wants to
   * know. It must not throw.
   */
  blocked?(form: AnyFunction, call: BlockingCall): void
}

/** A call that has blocked its caller's thread. */
export interface BlockingCall {
  /** Name of the function. */
  readonly task: string
  /** How long, in milliseconds. */
  readonly duration: number
}

/** What decides where neither the call nor its scope does. */
export interface ModeDefaults {
  /**
   * Tells by its caller how a call by `.auto` is to be made: `callerDetector()` of `@ambisync/detect`. Calls by `.sync`
   * are told to it.
   */
  readonly detector?: CallerDetector | undefined
  /** How `.auto` makes a call where there is no detector. `'auto'`, the default: not at all, that is an error. */
  readonly mode?: ModeOption | undefined
}

/**
 * Runs `task` with a mode for all calls by `.auto` in it, also after an `await`, that have none of their own.
 *
 * It holds for this thread: not for the tasks that are called. `'auto'` undoes that of an outer one.
 * @throws {TypeError} for any other mode, and if `task` is not a function
 * @throws {NotSupportedError} where the runtime has no `AsyncLocalStorage`
 * @example runWithMode('sync', () => plugin.transform(code))
 */
export function runWithMode<R>(mode: ModeOption, task: () => R): R {
  checkMode(mode)
  if (typeof task !== 'function') throw new TypeError(`runWithMode runs a function, not ${describeType(task)}`)
  thread.modes ??= createAsyncStorage()
  if (thread.modes === undefined) {
    const message = 'runWithMode needs AsyncLocalStorage, which is not there; give the option "mode" to the calls'
    throw new NotSupportedError(message)
  }
  return thread.modes.run(mode, task)
}

/**
 * @param form the function that was called, and is still on the stack
 * @param chosen the call's own option
 * @throws {NotSupportedError} where nothing decides
 */
export function decideMode(
  form: AnyFunction,
  chosen: ModeOption | undefined,
  { detector, mode }: ModeDefaults,
  label: string,
): Mode {
  if (chosen !== undefined && chosen !== 'auto') return chosen
  const scope = thread.modes?.getStore()
  if (scope !== undefined && scope !== 'auto') return scope
  if (detector !== undefined) return detector.modeOf(form)
  if (mode !== undefined && mode !== 'auto') return mode
  const remedy =
    'give the loop a detector, callerDetector() of the package @ambisync/detect, or a mode; or use .with({ mode }), runWithMode, .sync or .async'
  throw new NotSupportedError(`${label}.auto cannot tell whether its caller is synchronous: ${remedy}`)
}

/** @throws {TypeError} for what is no {@link ModeOption}, and not undefined */
export function checkMode(mode: unknown): void {
  if (mode === undefined || mode === 'sync' || mode === 'async' || mode === 'auto') return
  const what = typeof mode === 'string' ? `'${preview(mode)}'` : describeType(mode)
  throw new TypeError(`mode must be 'sync', 'async' or 'auto', not ${what}`)
}

/** @throws {TypeError} for a mode or a detector that is none */
export function checkModeDefaults({ mode, detector }: ModeDefaults): ModeDefaults {
  checkMode(mode)
  if (detector !== undefined && typeof Object(detector).modeOf !== 'function') {
    throw new TypeError(`detector must be a detector, such as callerDetector(), not ${describeType(detector)}`)
  }
  return { mode, detector }
}
