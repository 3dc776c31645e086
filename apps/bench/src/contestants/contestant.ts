import type { Adapter } from '@ambisync/core'
import type { TaskName } from '../tasks/dispatch.js'

/** A way of calling tasks. */
export interface Contestant {
  readonly name: string
  readonly kind: 'adapter' | 'peer' | 'native'
  /** Whose version is shown; left out where it is Node.js by itself. */
  readonly packageName?: string
  /** Of adapters of ours. */
  readonly importAdapter?: () => Promise<Adapter>
  /** Imports what it needs. What it resolves to starts it. */
  load(): Promise<() => Calls>
}

export type Task = (...args: readonly unknown[]) => unknown

/** What a contestant can do. What is left out it cannot. Where it `isAsync`, all of them give promises. */
export interface Calls {
  readonly isAsync?: true
  /** A task by its name; see `tasks/all-tasks.ts`. */
  task?(name: TaskName): Task
  /** Calls of a task at the same time. Left out where there is no way but one after the other. */
  all?(name: TaskName, argumentLists: readonly (readonly unknown[])[]): unknown
  /** The same for tasks that keep a thread busy each. */
  onPool?(name: TaskName, argumentLists: readonly (readonly unknown[])[]): unknown
  /** Iterates over so many numbers from 0, and gives their sum. */
  sumOfItems?(count: number): unknown
  /** Has the task call a function of the caller's so many times, and gives the sum of what that answered. */
  callBack?(times: number, f: (number: number) => number): unknown
  /** In place of the task `fetchText`, where there is nothing but HTTP. */
  fetchText?(url: string): unknown
}
