/** For libraries that serve one function: it is given the task's name. */
import { countPrimes, echo, fail, fetchText, format, sleep } from './all-tasks.js'

export type TaskName = 'echo' | 'fail' | 'sleep' | 'countPrimes' | 'format' | 'fetchText'

type Task = (...args: never[]) => Promise<unknown>

const tasks: Readonly<Record<TaskName, Task>> = { echo, fail, sleep, countPrimes, format, fetchText }

export function dispatch(name: TaskName, args: readonly unknown[]): Promise<unknown> {
  return tasks[name](...(args as never[]))
}
