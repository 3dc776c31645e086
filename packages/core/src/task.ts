/** For task modules: what a task can know of the call that it serves. */

import { createAsyncStorage } from './node-async-context.ts'
import { SynchronousScope } from './synchronous-scope.ts'
import type { TaskCall } from './task-call.ts'
import { thread } from './thread.ts'

export { type RegisterClassOptions, registerClass } from './registered-classes.ts'
export type { TaskCall } from './task-call.ts'
export { type TransferList, transferResult } from './transfer.ts'
export type { Callback } from './types.ts'

// Following a call through asynchronous code costs every promise of the thread a little, so it is only done where a
// task module has imported this.
thread.calls ??= createAsyncStorage() ?? new SynchronousScope()

/**
 * The call that the running task serves: its `signal`, `deadline`, `id` and `context`.
 *
 * Follows the task through everything asynchronous that it starts. Import this module statically: a call that began
 * before it was imported is not known to it. Without `AsyncLocalStorage`, as in a browser, it knows the task only before its
 * first `await`: take what it gives there.
 * @typeParam C what its callers register as `context`; it is not checked
 * @throws {TypeError} outside a task
 * @example const response = await fetch(url, { signal: getCall().signal })
 */
export function getCall<C extends object = Readonly<Record<string, unknown>>>(): TaskCall<C> {
  const call = thread.calls?.getStore()
  if (call === undefined) {
    const advice =
      thread.calls instanceof SynchronousScope
        ? '; this runtime has no AsyncLocalStorage, so a task has to ask before its first await'
        : ''
    throw new TypeError(`getCall is for a task that serves a call, and none is being served here${advice}`)
  }
  return call as TaskCall<C>
}
