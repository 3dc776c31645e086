import type { Exit, WakeWord } from '@ambisync/core/adapter'
import type { LoopThread, Rings, StartedThread } from '../loop-thread.ts'
import { BrowserClone } from './browser-clone.ts'
import { launcherOfThread } from './launcher.ts'
import { CODE, DEAD, ENTERED, flagCount, noCode } from './messages.ts'

/** Starts a dedicated worker. */
export function startWebThread(name: string, callerWake: WakeWord, rings: Rings): StartedThread {
  return { thread: new WebThread(name, callerWake, rings), clone: new BrowserClone() }
}

class WebThread implements LoopThread {
  readonly #launcher = launcherOfThread()
  readonly #flags = new Int32Array(new SharedArrayBuffer(flagCount * Int32Array.BYTES_PER_ELEMENT))
  readonly #lock = `ambisync-${crypto.randomUUID()}`
  #killed = false

  constructor(name: string, callerWake: WakeWord, rings: Rings) {
    this.#flags[CODE] = noCode
    this.#launcher.start({ name, rings, flags: this.#flags, callerWake, lock: this.#lock })
  }

  get dead(): boolean {
    return Atomics.load(this.#flags, DEAD) === 1
  }

  get exit(): Exit {
    const code = Atomics.load(this.#flags, CODE)
    if (code !== noCode) return { kind: 'exit', code }
    if (this.#killed) return { kind: 'exit' }
    const { failure } = this.#launcher
    if (failure !== undefined) return { kind: 'exit', cause: failure }
    const began = Atomics.load(this.#flags, ENTERED) === 1
    const why = began ? 'the worker ended without a word' : 'the worker ended before its script ran'
    return { kind: 'exit', cause: new Error(why) }
  }

  /** The launcher changes the caller's wake word. */
  onDeath(): void {}

  /** Nothing keeps a page alive. */
  ref(): void {}
  unref(): void {}

  kill(): void {
    this.#killed = true
    this.#launcher.kill(this.#lock)
  }
}
