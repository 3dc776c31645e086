import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { notSupported } from '../contestants/not-supported.ts'

/** What this process and all that it has started use. */
export interface Usage {
  /** Of all threads since they began. */
  readonly processorMs: number
  /** Resident; pages that two processes share count for each. */
  readonly memoryMiB: number
}

/** @throws {NotSupportedError} where there is no Linux to ask: Node.js knows of itself only */
export function readUsage(): Usage {
  const { processors, memories } = findMeters()
  return { processorMs: processors(), memoryMiB: memories() }
}

/** The same of the processes and threads that there are now, so that looking for them is no part of what is measured. */
export function findMeters(): { readonly processors: () => number; readonly memories: () => number } {
  if (!existsSync('/proc/self/schedstat')) throw notSupported('is measured on Linux only')
  const tree = treeOf(process.pid)
  const tasks = tree.flatMap((pid) => list(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/schedstat`))
  return {
    processors: () => tasks.reduce((sum, task) => sum + processorTime(task), 0),
    memories: () =>
      tree.reduce((sum, pid) => sum + Number(/^VmRSS:\s*(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0), 0) /
      1_024,
  }
}

function treeOf(root: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const pid of list('/proc').map(Number).filter(Number.isInteger)) {
    // The second field is a name in brackets, which may hold anything.
    const parent = Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** The first field, in nanoseconds. */
function processorTime(file: string): number {
  return Number(read(file).split(' ')[0]) / 1e6
}

/** Processes and threads end while they are looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
