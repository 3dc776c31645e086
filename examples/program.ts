import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** The longest time that a program may take, in milliseconds. */
const limit = 100_000

/** A script for the shell that is under way. Nothing that it has started outlives the limit. */
export class Program {
  static readonly #running = new Set<Program>()

  readonly lines: string[] = []
  /** Rejects if it fails. */
  readonly ended: Promise<void>
  readonly #group: number
  readonly #listeners = new Set<() => void>()
  #hasEnded = false

  constructor(script: string, options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }) {
    const env = { ...process.env, ...options.env }
    const shell = spawn('bash', ['-ec', script], { ...options, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    if (shell.pid === undefined) throw new Error('there is no bash')
    this.#group = shell.pid
    const told: string[] = []
    shell.stderr.setEncoding('utf8').on('data', (text: string) => told.push(text))
    createInterface(shell.stdout).on('line', (line) => {
      this.lines.push(line)
      for (const listener of this.#listeners) listener()
    })
    Program.#running.add(this)
    const watchdog = setTimeout(() => this.end('SIGKILL'), limit)
    this.ended = new Promise((resolve, reject) => {
      // Not `exit`: the shell may be over before what it has started.
      shell.on('close', (code, signal) => {
        clearTimeout(watchdog)
        this.#hasEnded = true
        Program.#running.delete(this)
        for (const listener of this.#listeners) listener()
        if (code === 0 && told.length === 0) resolve()
        else reject(new Error([`ended with ${code ?? signal}`, ...this.lines, ...told].join('\n')))
      })
    })
    this.ended.catch(() => {})
  }

  /** Ends what a test has left. */
  static async endAll(): Promise<void> {
    for (const program of Program.#running) program.end('SIGKILL')
    await Promise.allSettled([...Program.#running].map(({ ended }) => ended))
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Resolves when it has printed a line like that. */
  async prints(line: RegExp): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (this.lines.some((each) => line.test(each))) resolve()
        else if (this.#hasEnded) this.ended.then(() => reject(new Error(`it ended, and never printed ${line}`)), reject)
        else return
        this.#listeners.delete(look)
      }
      this.#listeners.add(look)
      look()
    })
  }

  end(signal: 'SIGTERM' | 'SIGKILL'): void {
    try {
      if (!this.#hasEnded) process.kill(-this.#group, signal)
    } catch (error) {
      // It has ended, but has yet to be heard of.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}
