import type { Contestant, Task } from './contestant.ts'

/** The same functions, awaited where they are: what it costs who can await. */
export const contestant: Contestant = {
  name: 'plain async',
  kind: 'native',
  async load() {
    const tasks = await import('../tasks/all-tasks.js')
    return () => ({
      isAsync: true,
      task: (name) => tasks[name] as Task,
      all: (name, lists) => Promise.all(lists.map((args) => (tasks[name] as Task)(...args))),
      async sumOfItems(count) {
        let sum = 0
        for await (const number of tasks.items(count)) sum += number
        return sum
      },
      callBack: (times, f) =>
        tasks.callBack(
          times,
          Object.assign(async (number: number) => f(number), { sync: f }),
        ),
    })
  },
}
