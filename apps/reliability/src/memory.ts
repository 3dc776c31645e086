import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What this thread, and its process, hold after a collection, in bytes. */
export interface Memory {
  readonly heap: number
  /** Outside the heap: buffers, mostly. */
  readonly external: number
  /** Of the whole process. */
  readonly resident: number
  readonly pid: number
}

let collect: (() => void) | undefined

export function memoryAfterCollection(): Memory {
  collect ??= exposeCollector()
  // What the first one finds to be garbage is released in the second.
  collect()
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed, external, resident: rss, pid: process.pid }
}

/** Without an option of Node's, which a loop in a process of its own would have to be given as well. */
function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
