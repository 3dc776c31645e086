import type { ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import type { ChildProcessOptions } from '../options.ts'
import { type Left, leaveCall, readOutcome, readState } from './exchange.ts'
import { type ExitStatus, exitStatusOf } from './exit-status.ts'
import { PipeEnd } from './pipe-end.ts'
import { startProcess } from './start-process.ts'

/** What came of a process: the bytes of its outcome, or that it ended without one, and whether it had begun by then. */
export type Found =
  | { readonly kind: 'outcome'; readonly bytes: Uint8Array }
  | { readonly kind: 'silence'; readonly begun: boolean; readonly status: ExitStatus }

/** The process of one call, as its caller sees it. */
export class CallProcess {
  readonly #child: ChildProcess
  readonly #pid: number
  readonly #pipe: PipeEnd
  /** Descriptor of the file of the call; undefined when nothing is wanted of it any more. */
  #exchange: number | undefined
  /** How it has ended, once that is known. */
  #ended: ExitStatus | undefined

  /**
   * Starts it. It runs on its own from then on, whatever the caller does.
   *
   * @param onNews what the event loop runs when there is something to look at
   * @throws {Error} if it cannot be started
   */
  constructor(options: ChildProcessOptions, call: Left, onNews: () => void) {
    this.#exchange = leaveCall(call)
    try {
      const { child, pid, pipe } = startProcess(options, this.#exchange)
      this.#child = child
      this.#pid = pid
      this.#pipe = new PipeEnd(pipe, pid, onNews)
    } catch (error) {
      this.#forget()
      throw error
    }
    this.#child.on('exit', (code, signal) => {
      this.#ended ??= signal === null ? { code: code ?? 1 } : { signal }
      onNews()
    })
  }

  /** Whether it is known to have ended. */
  get hasEnded(): boolean {
    return this.#ended !== undefined
  }

  /** Looks whether it has ended, for a caller whose event loop stands still. */
  lookForEnd(): void {
    if (this.#ended === undefined && this.#pipe.isClosed()) this.#ended = exitStatusOf(this.#pid)
  }

  /** What came of it, once: undefined until then. */
  take(): Found | undefined {
    if (this.#exchange === undefined) return undefined
    // Before the state: what it left before it ended is there by the time that it is seen to have ended.
    const ended = this.#ended
    const state = readState(this.#exchange)
    if (state === 'over') {
      const bytes = readOutcome(this.#exchange)
      this.#forget()
      return { kind: 'outcome', bytes }
    }
    if (ended === undefined) return undefined
    this.#forget()
    return { kind: 'silence', begun: state === 'begun', status: ended }
  }

  /** Ends it at once, whatever it is doing. What comes of it is not wanted any more. */
  kill(): void {
    this.#forget()
    this.#child.kill('SIGKILL')
  }

  /** To be called once it has ended. */
  close(): void {
    this.#forget()
    this.#pipe.destroy()
  }

  #forget(): void {
    if (this.#exchange !== undefined) closeSync(this.#exchange)
    this.#exchange = undefined
  }
}
