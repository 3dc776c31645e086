import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { inheritedExecArgv } from '../inherited-exec-argv.ts'
import type { ChildProcessOptions } from '../options.ts'

/** The script of the process, built as a file of its own. */
const script: string = fileURLToPath(new URL('./per-call/process.js', import.meta.url))

/** The child, and the caller's end of its pipe. */
export interface StartedProcess {
  readonly child: ChildProcess
  readonly pid: number
  readonly pipe: Socket
}

/**
 * Starts the process of a call, which is there when this returns. Nothing of the call is in its arguments or its
 * environment.
 *
 * @param exchange descriptor of the file with the call
 * @throws {Error} saying why it cannot be started
 */
export function startProcess(options: ChildProcessOptions, exchange: number): StartedProcess {
  const { execPath = process.execPath, execArgv = inheritedExecArgv(process.execArgv), maxOldSpaceMb, stdio } = options
  const { cwd, env, uid, gid } = options
  const limits = maxOldSpaceMb === undefined ? [] : [`--max-old-space-size=${maxOldSpaceMb}`]
  const where = Object.fromEntries(Object.entries({ cwd, env, uid, gid }).filter(([, value]) => value !== undefined))
  const [stdin, stdout, stderr] = typeof stdio === 'object' ? stdio : Array(3).fill(stdio ?? 'inherit')
  const child = spawn(execPath, [...execArgv, ...limits, script], {
    ...where,
    windowsHide: true,
    // In the order of `descriptors.ts`.
    stdio: [stdin, stdout, stderr, 'pipe', exchange],
  })
  // That it did not start is told below; a signal that could not be sent says nothing to anybody.
  child.on('error', () => {})
  const [, , , pipe] = child.stdio
  if (child.pid === undefined || !(pipe instanceof Socket)) {
    for (const stream of child.stdio) stream?.destroy()
    throw whyNotStarted(execPath, where)
  }
  // What keeps the caller alive is the channel's business.
  child.unref()
  pipe.unref()
  return { child, pid: child.pid, pipe }
}

/** Node tells why only when its event loop turns, unless it is asked to start a process and to wait for it. */
function whyNotStarted(execPath: string, where: Pick<ChildProcessOptions, 'cwd'>): Error {
  // The system's answer is the same as for an executable that does not exist.
  if (where.cwd !== undefined && !existsSync(where.cwd)) return new Error(`its cwd, ${where.cwd}, does not exist`)
  const { error } = spawnSync(execPath, ['--version'], { ...where, stdio: 'ignore', timeout: 5_000, windowsHide: true })
  return error ?? new Error('the system had no room for another process or its pipe just then')
}
