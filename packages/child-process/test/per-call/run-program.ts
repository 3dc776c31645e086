import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A watchdog's limit in milliseconds, not an expectation: what blocks for ever cannot be timed out from within. */
const limit = 100_000

export interface RunOptions {
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Is given what has been printed so far whenever there is more, and how to kill the program. */
  readonly onOutput?: (printed: string, kill: () => void) => void
}

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program of the folder `programs` in a process of its own. */
export function runProgram(name: string, { args = [], env, onOutput }: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url))
    const options = { env: { ...process.env, ...env }, timeout: limit, killSignal: 'SIGKILL' as const }
    const child = spawn(process.execPath, [script, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      onOutput?.(stdout, () => child.kill('SIGKILL'))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

/** What a program that has to end well has printed, as JSON. */
export async function printedBy(name: string, options?: RunOptions): Promise<unknown> {
  const { code, signal, stdout, stderr } = await runProgram(name, options)
  if (code !== 0) throw new Error(`${name} ended with ${signal ?? code}: ${stderr}`)
  return JSON.parse(stdout)
}
