import { type Loop, type LoopOptions, type OutputMode, startLoop } from '@ambisync/core'
import { loadTasks, type SuiteTasks } from '../tasks.ts'

/** What the case has given the program, by position. */
export function argument(index: number): string {
  return process.argv[4 + index] ?? ''
}

/** The first of them, as the option `output`. */
export function outputArgument(): OutputMode {
  return argument(0) === 'relay' ? 'relay' : 'inherit'
}

/** A loop of the adapter that the program's arguments name: the URL of a module, and options for its `create`. */
export async function start(
  loopOptions: Omit<LoopOptions, 'adapter'> = {},
): Promise<{ loop: Loop; tasks: SuiteTasks }> {
  const [module = '', options = '{}'] = process.argv.slice(2)
  const { create } = await import(module)
  const loop = startLoop({ adapter: create(JSON.parse(options)), ...loopOptions })
  return { loop, tasks: loadTasks(loop) }
}
