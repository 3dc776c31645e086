import type { Task } from './contestant.ts'

const module = new URL('../tasks/dispatch.js', import.meta.url).href

/** make-synchronous takes the text of a function, which imports what it needs. */
function taskText(): string {
  return `async (name, args) => (await import(${JSON.stringify(module)})).dispatch(name, args)`
}

/** As both of its ways are typed. */
export type MakeSynchronous = (text: string) => (name: string, args: readonly unknown[]) => unknown

export function makeTasks(makeSynchronous: MakeSynchronous): { task(name: string): Task } {
  const call = makeSynchronous(taskText())
  return {
    task:
      (name) =>
      (...args) =>
        call(name, args),
  }
}
