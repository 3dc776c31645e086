import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Whether processes can be kept on one core: where there is Linux's `taskset`. */
export const canPin: boolean = process.platform === 'linux' && isOnPath('taskset')

/** The command, on one of the cores that this process may use, the first if not said otherwise. */
export function pinned(command: readonly [string, ...string[]], index = 0): readonly [string, ...string[]] {
  if (!canPin) return command
  const cores = allowedCores()
  return ['taskset', '-c', String(cores[index % cores.length] ?? 0), ...command]
}

/** One process for each core. They end when `end` is called, or this process is gone. */
export function keepCoresBusy(): { end(): void } {
  const script = fileURLToPath(new URL('./keep-busy.js', import.meta.url))
  const busy = Array.from({ length: availableParallelism() }, (_, index): ChildProcess => {
    const [command, ...args] = pinned([process.execPath, script, String(process.pid)], index)
    return spawn(command, args, { stdio: 'inherit' })
  })
  return { end: () => busy.forEach((child) => void child.kill()) }
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
