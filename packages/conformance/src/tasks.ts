import type { Loop, Tasks } from '@ambisync/core'
import type { CaseContext } from './case.ts'

export type SuiteTasks = Tasks<typeof import('./fixtures/tasks.js')>

export const tasksUrl: URL = new URL('./fixtures/tasks.js', import.meta.url)
export const otherTasksUrl: URL = new URL('./fixtures/other-tasks.js', import.meta.url)

/** The suite's tasks on a loop. */
export function loadTasks(loop: Loop): SuiteTasks {
  return loop.load<typeof import('./fixtures/tasks.js')>(ownInstance(loop, tasksUrl))
}

const numbers = new WeakMap<Loop, number>()
let loops = 0

/**
 * Where tasks run in the caller's realm, a module has one instance for all loops, and for the caller: the cases are about
 * something else, and have each loop be given one of its own.
 */
function ownInstance(loop: Loop, url: URL): URL {
  if (!loop.adapter.capabilities.closures) return url
  const number = numbers.get(loop) ?? ++loops
  numbers.set(loop, number)
  const own = new URL(url)
  own.searchParams.set('loop', String(number))
  return own
}

/** The suite's HTTP server, on a loop of its own. */
export function loadServer(loop: Loop): Tasks<typeof import('./fixtures/http-server.js')> {
  return loop.load<typeof import('./fixtures/http-server.js')>(new URL('./fixtures/http-server.js', import.meta.url))
}

/** The suite's tasks on a loop of their own. */
export function startTasks(context: CaseContext): SuiteTasks {
  return loadTasks(context.startLoop())
}
