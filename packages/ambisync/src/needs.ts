import type { Capabilities } from '@ambisync/core/adapter'

/** What a program can ask of a strategy, and how the strategy's capabilities answer. */
interface NeedDefinition {
  /** What it is good for: "the program needs …". */
  readonly what: string
  /** What a strategy without it lacks: "it …". */
  readonly lack: string
  /** Left out where no strategy lacks it: it then only says which of them comes first. */
  readonly isMetBy?: (capabilities: Capabilities) => boolean
}

/** What a program can ask of the way in which its tasks are run. */
export type Need =
  | 'low-latency'
  | 'callbacks'
  | 'streams'
  | 'transfer'
  | 'kill'
  | 'closures'
  | 'survives-exit'
  | 'survives-crash'
  | 'own-process'
  | 'shared-state'
  | 'nothing-resident'
  | 'blocks-anywhere'
  | 'parallel'
  | 'relayed-output'

export const needs: Readonly<Record<Need, NeedDefinition>> = {
  'low-latency': {
    what: 'many short calls one after the other, each answered as fast as can be',
    lack: 'others answer faster',
  },
  callbacks: {
    what: 'tasks that call functions among their arguments, such as onProgress',
    lack: 'its tasks cannot call functions of their caller',
    isMetBy: ({ callbacks }) => callbacks === true,
  },
  streams: {
    what: 'async generators, iterated over as they go',
    lack: 'it has no streams',
    isMetBy: ({ streams }) => streams === true,
  },
  transfer: {
    what: 'large ArrayBuffers that are moved and not copied',
    lack: 'it cannot move memory',
    isMetBy: ({ transfer }) => transfer === true,
  },
  kill: {
    what: 'to end tasks that never yield, such as an endless loop',
    lack: 'it cannot end code that never yields',
    isMetBy: ({ kill }) => kill === true,
  },
  closures: {
    what: "tasks that use the caller's own objects and variables",
    lack: 'its tasks do not see the variables and objects of their caller',
    isMetBy: ({ closures }) => closures === true,
  },
  'survives-exit': {
    what: 'to outlive tasks that exit, throw where nobody catches, or run out of memory',
    lack: 'a task that exits or runs out of memory takes the caller with it',
    isMetBy: ({ survives }) => survives.includes('exit') && survives.includes('out of memory'),
  },
  'survives-crash': {
    what: 'to outlive tasks that crash a whole process, such as by a native addon',
    lack: 'a crash in native code takes the caller with it',
    isMetBy: ({ survives }) => survives.includes('crash') && survives.includes('signal'),
  },
  'own-process': {
    what: 'a process for the tasks, with its own environment, working directory or user',
    lack: "its tasks run in the caller's process",
    isMetBy: ({ runsOn }) => runsOn === 'child process',
  },
  'shared-state': {
    what: 'variables of task modules that last from call to call, such as caches and connections',
    lack: 'each of its calls starts with fresh modules',
    isMetBy: ({ resident }) => resident === true,
  },
  'nothing-resident': {
    what: 'nothing that lives on between calls: no thread, no process, no state',
    lack: 'it lives on between calls',
    isMetBy: ({ resident }) => resident !== true,
  },
  'blocks-anywhere': {
    what: 'to block also after an await, and at the top level of an ES module',
    lack: 'it cannot block in a promise job: not after an await, nor at the top level of an ES module',
    isMetBy: ({ runsOn }) => runsOn !== "caller's thread",
  },
  parallel: {
    what: 'tasks that compute on another core than their caller',
    lack: "it computes in the caller's own thread",
    isMetBy: ({ runsOn }) => runsOn !== "caller's thread",
  },
  'relayed-output': {
    what: "what tasks print to go through the caller's own process.stdout: output: 'relay'",
    lack: 'it cannot relay what tasks print',
    isMetBy: ({ relay }) => relay === true,
  },
}

export const needNames: readonly Need[] = Object.keys(needs) as Need[]

/** @throws {TypeError} naming the one that there is not, and those that there are */
export function checkNeeds(given: unknown): readonly Need[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) throw new TypeError(`needs must be a list, such as ['streams'], not ${typeof given}`)
  const unknown = given.findIndex((need) => !isNeed(need))
  if (unknown >= 0) {
    throw new TypeError(`${shown(given[unknown])} is nothing that can be needed; there are: ${needNames.join(', ')}`)
  }
  return [...new Set<Need>(given)]
}

function isNeed(value: unknown): value is Need {
  return typeof value === 'string' && Object.hasOwn(needs, value)
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : `a value of the type ${typeof value}`
}
