import { now } from './deadline.ts'
import { afterDispatch } from './dispatch.ts'
import type { LoopEndedError } from './exit-error.ts'
import { type EventChannel, loopExitChannel, loopStartChannel } from './node-diagnostics.ts'

/** The message of the channel `ambisync.loop.start`: a loop runs. */
export interface LoopStartEvent {
  /** Name of the loop. */
  readonly loop: string
  readonly adapter: string
  /** 1 for the loop as it was started; one more for each time that it started again. */
  readonly generation: number
  /** What its start took, until it could run tasks, in milliseconds. */
  readonly duration: number
}

/** The message of the channel `ambisync.loop.exit`: a loop has ended, or could not start. */
export interface LoopExitEvent {
  readonly loop: string
  readonly adapter: string
  readonly generation: number
  /** False if it could not start; then there was no start event. */
  readonly started: boolean
  /** From the beginning of its start, in milliseconds. */
  readonly duration: number
  readonly exitCode: number | undefined
  /** Name of the signal that ended it. */
  readonly signal: string | undefined
  /** What it died of, where that is known. */
  readonly cause: unknown
}

/** Tells the diagnostics channels of one generation of a loop. */
export class GenerationEvents {
  readonly #about: Pick<LoopStartEvent, 'loop' | 'adapter' | 'generation'>
  readonly #opened: number = now()

  constructor(loop: string, adapter: string, generation: number) {
    this.#about = { loop, adapter, generation }
  }

  started(): void {
    this.#publish<LoopStartEvent>(loopStartChannel, { ...this.#about, duration: now() - this.#opened })
  }

  exited({ exitCode, signal, cause }: LoopEndedError, started: boolean): void {
    const duration = now() - this.#opened
    this.#publish<LoopExitEvent>(loopExitChannel, { ...this.#about, started, duration, exitCode, signal, cause })
  }

  /** Subscribers are the user's code: not in the middle of a look. */
  #publish<E extends object>(channel: EventChannel | undefined, event: E): void {
    if (channel?.hasSubscribers) afterDispatch(() => channel.publish(event))
  }
}
