import { type Loop, startLoop } from '@ambisync/core'
import { loadTasks, type SuiteTasks } from '../tasks.ts'

/** A loop of the adapter that the program's arguments name: the URL of a module, and options for its `create`. */
export async function start(): Promise<{ loop: Loop; tasks: SuiteTasks }> {
  const [module = '', options = '{}'] = process.argv.slice(2)
  const { create } = await import(module)
  const loop = startLoop({ adapter: create(JSON.parse(options)) })
  return { loop, tasks: loadTasks(loop) }
}
