import type { Loop, Tasks } from '@ambisync/core'
import type { CaseContext } from './case.ts'

export type SuiteTasks = Tasks<typeof import('./fixtures/tasks.js')>

/** What a module of the suite's tasks is called where modules have names: as its file, without the extension. */
type FixtureName = 'tasks' | 'other-tasks' | 'transfer-tasks' | 'class-tasks' | 'http-server'

export const fixtureUrls: Readonly<Record<FixtureName, URL>> = {
  tasks: new URL('./fixtures/tasks.js', import.meta.url),
  'other-tasks': new URL('./fixtures/other-tasks.js', import.meta.url),
  'transfer-tasks': new URL('./fixtures/transfer-tasks.js', import.meta.url),
  'class-tasks': new URL('./fixtures/class-tasks.js', import.meta.url),
  'http-server': new URL('./fixtures/http-server.js', import.meta.url),
}

/** What `loop.load` is given for a module of the suite's tasks: its URL, or its name where the other side serves it. */
export function fixture(loop: Loop, name: FixtureName): URL | string {
  return loop.adapter.capabilities.modules === 'name' ? name : fixtureUrls[name]
}

/** The suite's tasks on a loop. */
export function loadTasks(loop: Loop): SuiteTasks {
  return loop.load<typeof import('./fixtures/tasks.js')>(ownInstance(loop, fixture(loop, 'tasks')))
}

const numbers = new WeakMap<Loop, number>()
let loops = 0

/**
 * Where tasks run in the caller's realm, a module has one instance for all loops, and for the caller: the cases are about
 * something else, and have each loop be given one of its own.
 */
function ownInstance(loop: Loop, module: URL | string): URL | string {
  if (!loop.adapter.capabilities.closures || typeof module === 'string') return module
  const number = numbers.get(loop) ?? ++loops
  numbers.set(loop, number)
  const own = new URL(module)
  own.searchParams.set('loop', String(number))
  return own
}

/** The suite's HTTP server, on a loop of its own. */
export function loadServer(loop: Loop): Tasks<typeof import('./fixtures/http-server.js')> {
  return loop.load<typeof import('./fixtures/http-server.js')>(fixture(loop, 'http-server'))
}

/** The suite's tasks on a loop of their own. */
export function startTasks(context: CaseContext): SuiteTasks {
  return loadTasks(context.startLoop())
}
