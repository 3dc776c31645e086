import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

/**
 * Where a process runs: on all cores, with the machine to itself; on one core; on all, each of which another process
 * keeps busy. Pinning is by Linux's `taskset`.
 */
export type Placement = 'free' | 'pinned' | 'busy'

export const canPin: boolean = process.platform === 'linux'

/** The command that runs Node.js like that. */
export function nodeCommand(script: string, args: readonly string[], core?: number): [string, ...string[]] {
  const path = fileURLToPath(new URL(`./${script}.js`, import.meta.url))
  const node: [string, ...string[]] = [process.execPath, path, ...args]
  return core === undefined || !canPin ? node : ['taskset', '-c', String(core), ...node]
}

/** One process for each core. They end when `end` is called, or this process is gone. */
export function keepCoresBusy(): { end(): void } {
  const busy = Array.from({ length: availableParallelism() }, (_, core): ChildProcess => {
    const [command, ...args] = nodeCommand('busy', [String(process.pid)], core)
    return spawn(command, args, { stdio: 'inherit' })
  })
  return { end: () => busy.forEach((child) => void child.kill()) }
}
