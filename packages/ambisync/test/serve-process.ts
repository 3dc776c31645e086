import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { commandPath, type RunOptions, surroundings } from './run.ts'

/** A line of the log. */
export interface LoggedEvent {
  readonly time: string
  readonly event: string
  readonly [name: string]: unknown
}

interface ServeRunOptions extends RunOptions {
  /** Path of the command. */
  readonly command?: string
}

interface Ended {
  readonly exitCode: number | null
  readonly stderr: string
}

/** `ambisync serve`, running, under a watchdog; it is gone after the test. */
export class ServeProcess {
  readonly #child: ChildProcess
  readonly #lines: string[] = []
  readonly #waiting = new Set<() => void>()
  /** Resolves when it has ended, and all that it has printed is there. */
  readonly ended: Promise<Ended>

  constructor(args: readonly string[], { cwd, env = {}, execArgv = [], command = commandPath }: ServeRunOptions = {}) {
    const child = spawn(process.execPath, [...execArgv, command, 'serve', ...args], {
      cwd,
      env: { ...surroundings, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 55_000,
      killSignal: 'SIGKILL',
    })
    this.#child = child
    onTestFinished(() => void child.kill('SIGKILL'))
    createInterface(child.stdout).on('line', (line) => {
      this.#lines.push(line)
      for (const look of this.#waiting) look()
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    this.ended = new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, stderr })))
  }

  get stdout(): string {
    return this.#lines.join('\n')
  }

  /** All events so far. What is no JSON is from the tasks, and left out. */
  get events(): readonly LoggedEvent[] {
    return this.#lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
  }

  /** Resolves at an event of this name, also if it has been before. */
  async event(name: string): Promise<LoggedEvent> {
    return await this.#until(name, () => this.events.find(({ event }) => event === name))
  }

  /** Resolves at a line that a task prints, also if it has been before. */
  async line(text: string): Promise<string> {
    return await this.#until(text, () => this.#lines.find((line) => line === text))
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Nobody reads what it prints any more. */
  stopReading(): void {
    this.#child.stdout?.destroy()
  }

  async #until<T>(what: string, find: () => T | undefined): Promise<T> {
    const found = new Promise<T>((resolve) => {
      const look = (): void => {
        const value = find()
        if (value === undefined) return
        this.#waiting.delete(look)
        resolve(value)
      }
      this.#waiting.add(look)
      look()
    })
    const gone = this.ended.then(({ exitCode, stderr }) => {
      throw new Error(`it ended (${exitCode}) without "${what}":\n${this.stdout}\n${stderr}`)
    })
    return await Promise.race([found, gone])
  }
}
