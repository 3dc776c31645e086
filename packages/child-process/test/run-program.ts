import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A watchdog's limit in milliseconds, not an expectation: what blocks for ever cannot be timed out from within. */
const limit = 60_000

function pathOf(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url))
}

/** Runs a program of the folder `programs` in a process of its own; returns what it printed, as JSON. */
export async function runProgram(name: string, nodeOptions: readonly string[] = []): Promise<unknown> {
  const script = pathOf(name)
  // Relative paths in a program's options are meant from there.
  const options = { timeout: limit, cwd: dirname(script), maxBuffer: 2 ** 26 }
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, script], options)
  return JSON.parse(stdout)
}

/** A program that is still running. */
export interface RunningProgram {
  readonly process: ChildProcess
  /** Resolves to the text that follows `label` on the line that begins with it. */
  said(label: string): Promise<string>
  /** Resolves to exit code, signal and all that it printed. */
  readonly end: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>
}

/** Starts one, as the leader of a group of its own, as a shell does. */
export function startProgram(name: string, args: readonly string[] = []): RunningProgram {
  const script = pathOf(name)
  const options = { timeout: limit, killSignal: 'SIGKILL', detached: true, cwd: dirname(script) } as const
  const child = spawn(process.execPath, [script, ...args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const end: RunningProgram['end'] = new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  return {
    process: child,
    said: (label) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const line = stdout
            .split('\n')
            .slice(0, -1)
            .find((each) => each.startsWith(label))
          if (line === undefined) return
          child.stdout.off('data', look)
          resolve(line.slice(label.length).trim())
        }
        child.stdout.on('data', look)
        void end.then((how) => reject(new Error(`it never said "${label}": ${JSON.stringify(how)}`)))
        look()
      }),
    end,
  }
}

/** Resolves when no process has this id any more; rejects after `within` milliseconds, a watchdog's limit as well. */
export async function gone(pid: number, within: number): Promise<void> {
  const deadline = performance.now() + within
  for (;;) {
    if (!isRunning(pid)) return
    if (performance.now() > deadline) throw new Error(`process ${pid} is still there after ${within} ms`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // One whose parent is gone has ended, too, when it only waits for the system's first process to notice.
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}
