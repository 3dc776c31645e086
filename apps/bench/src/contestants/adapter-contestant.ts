import type { Adapter, Loop, Pool } from '@ambisync/core'
import type { Calls, Contestant, Task } from './contestant.ts'

type Tasks = typeof import('../tasks/all-tasks.js')

const module = new URL('../tasks/all-tasks.js', import.meta.url)

/** One of ours: all of them are used alike. */
export function adapterContestant(
  name: string,
  packageName: string,
  importAdapter: () => Promise<Adapter>,
): Contestant {
  const load = async (): Promise<() => Calls> => {
    const [core, adapter] = await Promise.all([import('@ambisync/core'), importAdapter()])
    return () => callsOf(core.startLoop({ adapter }), adapter, core)
  }
  return { name, kind: 'adapter', packageName, importAdapter, load }
}

type Core = typeof import('@ambisync/core')

function callsOf(loop: Loop, adapter: Adapter, { gather, startPool }: Core): Calls {
  const tasks = loop.load<Tasks>(module)
  let pool: Pool | undefined
  return {
    task: (name) => tasks[name].sync as Task,
    all: (name, lists) =>
      gather(lists.map((args) => (tasks[name].submit as (...args: unknown[]) => never)(...args))).result(),
    onPool(name, lists) {
      pool ??= startPool({ adapter })
      const { [name]: task } = pool.load<Tasks>(module)
      return gather(lists.map((args) => (task.submit as (...args: unknown[]) => never)(...args))).result()
    },
    sumOfItems(count) {
      let sum = 0
      for (const number of tasks.items.sync(count)) sum += number
      return sum
    },
    callBack: (times, f) => tasks.callBack.sync(times, f),
  }
}
