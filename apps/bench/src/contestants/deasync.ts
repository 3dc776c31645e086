import { createRequire } from 'node:module'
import type { Contestant, Task } from './contestant.ts'

type Done = (error: unknown, value?: unknown) => void
type Deasync = (run: (args: readonly unknown[], done: Done) => void) => (args: readonly unknown[]) => unknown

/** The package by itself. It waits for functions that take a callback, not for promises. */
export const contestant: Contestant = {
  name: 'deasync by itself',
  kind: 'peer',
  packageName: 'deasync',
  async load() {
    const deasync = createRequire(import.meta.url)('deasync') as Deasync
    const tasks = await import('../tasks/all-tasks.js')
    return () => ({
      task(name) {
        const task = tasks[name] as (...args: readonly unknown[]) => Promise<unknown>
        const call = deasync((args, done) => void task(...args).then((value) => done(null, value), done))
        return (...args) => call(args)
      },
      all: (name, lists) =>
        deasync((_, done) => {
          const calls = lists.map((args) => (tasks[name] as Task)(...args))
          void Promise.all(calls).then((values) => done(null, values), done)
        })([]),
      callBack: (times, f) =>
        deasync((_, done) => {
          const callback = Object.assign(async (number: number) => f(number), { sync: f })
          void tasks.callBack(times, callback).then((value) => done(null, value), done)
        })([]),
    })
  },
}
