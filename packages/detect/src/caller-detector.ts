import type { CallerDetector, Mode } from '@ambisync/core'
import { checkOptionNames } from '@ambisync/core/options'
import { warnOfBlocking } from './blocking-warning.ts'
import { kindOfCaller } from './caller-kind.ts'

export interface CallerDetectorOptions {
  /**
   * What a caller is taken for that cannot be known: native code, as in `promise.then(f.auto)` or `list.map(f.auto)`, and
   * code whose text is not to be had. `'async'` by default: a promise in the place of a value is seen at once, while a
   * block in the wrong place can last for ever.
   */
  readonly fallback?: Mode | undefined
  /**
   * Warns, once for each place, by `process.emitWarning`, of a `.sync` call that has blocked inside an async function.
   * By default unless `NODE_ENV` is `production`. It costs each `.sync` call as much as `.auto` costs.
   */
  readonly warn?: boolean | undefined
}

/**
 * A detector that goes by the text of the program: whether the function that makes the call is an async function or async
 * generator. For the option `detector` of `startLoop`, `startPool` and `dual`.
 *
 * What counts is the innermost function: in `async () => list.map((x) => f.auto(x))` the caller is the callback, which is
 * not async. A function that was compiled down to a generator counts as async. The top level of a CommonJS module is not
 * async, that of an ES module is.
 *
 * The first call from a place takes some microseconds more, the first from a script the time to read its file, or some
 * milliseconds where it does not run as it is in its file.
 * @throws {TypeError} for an option that cannot be right
 * @example
 * const loop = startLoop({ adapter: workerThreads(), detector: callerDetector() })
 * export const load = loop.load<typeof import('./tasks.js')>(url).load.auto
 */
export function callerDetector(options: CallerDetectorOptions = {}): CallerDetector {
  const { fallback, warn } = checkOptions(options)
  return {
    modeOf(form) {
      switch (kindOfCaller(form)) {
        case 'async function':
        case 'module':
          return 'async'
        case 'sync function':
        case 'script':
          return 'sync'
        case 'unknown':
          return fallback
      }
    },
    ...(warn ? { blocked: warnOfBlocking } : {}),
  }
}

function checkOptions(options: CallerDetectorOptions): { readonly fallback: Mode; readonly warn: boolean } {
  checkOptionNames(options, ['fallback', 'warn'], 'callerDetector')
  const { fallback = 'async', warn = process.env.NODE_ENV !== 'production' } = options
  if (fallback !== 'sync' && fallback !== 'async') {
    throw new TypeError(`fallback must be 'sync' or 'async', not ${String(fallback)}`)
  }
  if (typeof warn !== 'boolean') throw new TypeError(`warn must be true or false, not ${String(warn)}`)
  return { fallback, warn }
}
