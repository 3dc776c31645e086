import type { Loop, Tasks } from '@ambisync/core'
import { type StartLoopOptions, startLoop } from './start-loop.ts'

/**
 * What all copies of this package in a thread share, however they came there: each plugin may bring its own. The number
 * changes with the shape: copies that do not agree on it have a loop each.
 */
interface Shared {
  readonly loop: Loop
}

const key = Symbol.for('ambisync.shared-loop.1')

/**
 * The functions that a module exports, as dual functions, on a background event loop that everybody in this thread shares.
 *
 * The first call of any of them starts the loop; before that, nothing is started, and afterwards an idle loop takes no
 * time and does not keep the process alive. A call that blocks its loop for long holds up the calls of everybody else: with
 * options, even without any in them, the functions have a loop of their own, which the first call starts, too.
 *
 * @typeParam M the type of the module, `typeof import('./tasks.js')`
 * @param specifier a URL (recommended: `new URL('./tasks.js', import.meta.url)`), or a path or bare specifier, which are
 *   resolved from the working directory
 * @throws {TypeError} if it is neither a string nor a URL, or for an option that cannot be right. A failing import shows in
 *   the calls, as `LoopStartError`
 * @throws {NotSupportedError} `ERR_AMBISYNC_NOT_SUPPORTED` where no adapter can run, or meets the needs
 * @example
 * const tasks = load<typeof import('./tasks.js')>(new URL('./tasks.js', import.meta.url))
 * tasks.fetchText.sync('https://example.com')
 */
export function load<M = Record<string, (...args: unknown[]) => unknown>>(
  specifier: string | URL,
  options?: StartLoopOptions,
): Tasks<M> {
  const loop = options === undefined ? sharedLoop() : startLoop({ start: 'on-demand', ...options })
  return loop.load<M>(specifier)
}

function sharedLoop(): Loop {
  const found: Shared | undefined = Reflect.get(globalThis, key)
  if (found !== undefined) return found.loop
  const shared: Shared = { loop: startLoop({ name: 'shared', start: 'on-demand' }) }
  // Not to be listed among the globals, nor taken for a leak by a test runner that compares them.
  Object.defineProperty(globalThis, key, { value: shared })
  return shared.loop
}
