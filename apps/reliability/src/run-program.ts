import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export interface ProgramOptions {
  /** Longest time without a line, in milliseconds. What is silent for longer hangs, and is killed. */
  readonly limit: number
  /** Node's own options, for everything that the program starts as well. */
  readonly nodeOptions?: string
  /** Is given each line that the program prints. */
  readonly onLine?: (line: string) => void
  /** Runs once the program has started. `interrupt` sends it, or its whole process group, a SIGINT. */
  readonly whenStarted?: (program: RunningProgram) => void
  /** Runs when the program itself has ended, before what it has left behind in its process group is killed. */
  readonly whenEnded?: () => Promise<void>
}

export interface RunningProgram {
  readonly pid: number
  /** Sends a signal to the program, or, as a terminal does, to its whole process group. */
  signal(name: NodeJS.Signals, to: 'process' | 'group'): void
}

export interface EndedProgram {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** It did not end by itself. */
  readonly hung: boolean
  readonly stderr: string
}

/**
 * Runs a program of the folder `programs`, as built, in a process group of its own and under a watchdog: a thread that
 * is blocked for ever cannot run its own timers.
 */
export async function runProgram(
  name: string,
  args: readonly string[],
  { limit, nodeOptions = '', onLine = () => {}, whenStarted, whenEnded }: ProgramOptions,
): Promise<EndedProgram> {
  // The same file from `src` and from `dist`.
  const script = fileURLToPath(new URL(`../dist/programs/${name}.js`, import.meta.url))
  const child: Child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: nodeOptions },
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  let hung = false
  const watchdog = setTimeout(() => {
    hung = true
    killGroup(child)
  }, limit)
  createInterface(child.stdout).on('line', (line) => {
    watchdog.refresh()
    onLine(line)
  })
  if (child.pid !== undefined) {
    const { pid } = child
    whenStarted?.({ pid, signal: (signal, to) => process.kill(to === 'group' ? -pid : pid, signal) })
  }
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  clearTimeout(watchdog)
  await whenEnded?.()
  // What is left of the group holds the pipes open.
  killGroup(child)
  await closed
  return { exitCode, signal, hung, stderr }
}

type Child = ChildProcessByStdio<null, Readable, Readable>

function killGroup({ pid }: Child): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
}
