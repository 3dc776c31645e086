import type { Contestant, Task } from './contestant.ts'

export const contestant: Contestant = {
  name: '@kaciras/deasync',
  kind: 'peer',
  packageName: '@kaciras/deasync',
  async load() {
    const { awaitSync } = await import('@kaciras/deasync')
    const tasks = await import('../tasks/all-tasks.js')
    return () => ({
      task: (name) => {
        const task = tasks[name] as Task
        return (...args) => awaitSync(task(...args))
      },
      all: (name, lists) => awaitSync(Promise.all(lists.map((args) => (tasks[name] as Task)(...args)))),
      callBack: (times, f) =>
        awaitSync(
          tasks.callBack(
            times,
            Object.assign(async (number: number) => f(number), { sync: f }),
          ),
        ),
    })
  },
}
