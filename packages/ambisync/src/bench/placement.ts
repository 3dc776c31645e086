import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether processes can be kept on one core: where there is Linux's `taskset`. */
export const canPin: boolean = process.platform === 'linux' && isOnPath('taskset')

/** The command, on one of the cores that this process may use, the first if not said otherwise. */
export function pinned(command: readonly [string, ...string[]], index = 0): readonly [string, ...string[]] {
  if (!canPin) return command
  const cores = allowedCores()
  return ['taskset', '-c', String(cores[index % cores.length] ?? 0), ...command]
}

function allowedCores(): readonly number[] {
  const [, list = '0'] = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
