import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CaseReply, CaseRequest } from './node-child.ts'

/** A watchdog's limits in milliseconds, not expectations. */
export interface CaseLimits {
  /** Longest time for a case; 30,000 by default. */
  readonly case?: number
  /** Longest time for a program that a case runs; 20,000 by default. */
  readonly program?: number
}

export const caseLimit = 30_000

/** What runs the cases, and the programs that they start. This very runtime by default. */
export interface CaseRuntime {
  /** Path of the executable: Node.js, or another one that `fork` of `node:child_process` can talk to. */
  readonly execPath: string
  /** What goes before the script, e.g. `['run', '--allow-all']`. Nothing by default. */
  readonly execArgv?: readonly string[]
}

/**
 * Runs cases in a child process under a watchdog, because a blocked thread cannot run its own timers: a case that
 * hangs, or takes its process with it, is a failure of that case, and the next one gets a new child.
 */
export class CaseRunner {
  readonly #args: readonly string[]
  readonly #limit: number
  readonly #runtime: CaseRuntime
  #child: ChildProcess | undefined

  /**
   * @param create URL of a module with `create(options): Adapter`
   * @param options for `create`; they cross as JSON
   */
  constructor(
    create: URL,
    options: object,
    limits: CaseLimits = {},
    runtime: CaseRuntime = { execPath: process.execPath },
  ) {
    this.#runtime = runtime
    this.#limit = limits.case ?? caseLimit
    const { program } = limits
    this.#args = [create.href, JSON.stringify(options), ...(program === undefined ? [] : [String(program)])]
  }

  /** Rejects with what is wrong. */
  async run(name: string): Promise<void> {
    this.#child ??= await this.#start()
    const { failure } = await this.#ask(this.#child, name)
    if (failure !== undefined) throw Object.assign(new Error(failure.message), { stack: failure.stack })
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    killGroup(child)
    await once(child, 'exit')
  }

  async #start(): Promise<ChildProcess> {
    const script = fileURLToPath(new URL('./node-child.js', import.meta.url))
    const { execPath, execArgv = [] } = this.#runtime
    const child = fork(script, this.#args, { execPath, execArgv: [...execArgv], detached: hasGroups })
    const ended = new AbortController()
    child.once('exit', (code, signal) => ended.abort(new Error(`${execPath} ended at its start (${signal ?? code})`)))
    await once(child, 'message', { signal: ended.signal })
    return child
  }

  #ask(child: ChildProcess, name: string): Promise<CaseReply> {
    return new Promise((resolve, reject) => {
      const fail = (message: string): void => {
        child.off('message', onReply).off('exit', onExit)
        clearTimeout(watchdog)
        killGroup(child)
        if (this.#child === child) this.#child = undefined
        reject(new Error(`${name}: ${message}`))
      }
      const onReply = (reply: CaseReply): void => {
        child.off('exit', onExit)
        clearTimeout(watchdog)
        resolve(reply)
      }
      const onExit = (code: number | null, signal: string | null): void =>
        fail(`it ended the process (${signal ?? code})`)
      const watchdog = setTimeout(() => fail(`it hangs; it was killed after ${this.#limit} ms`), this.#limit)
      child.once('message', onReply).once('exit', onExit)
      const request: CaseRequest = { name }
      child.send(request)
    })
  }
}

/** Elsewhere a child that is `detached` gets a console of its own, and there are no groups to kill. */
const hasGroups: boolean = process.platform !== 'win32'

/** The child, and the programs that its case has started. */
function killGroup(child: ChildProcess): void {
  if (!hasGroups || child.pid === undefined) {
    child.kill('SIGKILL')
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself, and so has its group.
  }
}
