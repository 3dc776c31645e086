import { callbackInTheWay } from './callbacks.ts'
import type { CallRequest } from './client.ts'
import { Client, type ModuleRef } from './client.ts'
import type { Adapter, OutputMode } from './contract.ts'
import { afterDispatch, dispatch } from './dispatch.ts'
import { type AmbisyncError, LoopExitError, LoopStartError, NotSupportedError } from './errors.ts'
import type { Runner } from './executor.ts'
import type { Future } from './future.ts'
import { GenerationEvents } from './loop-events.ts'
import { StartAttempts } from './start-attempts.ts'
import { Retirement } from './stopping.ts'
import { thread } from './thread.ts'
import { setTimer } from './timer.ts'
import { noSources, type Source } from './waiter.ts'

export interface GenerationsOptions {
  readonly adapter: Adapter
  readonly name: string
  readonly start: 'at once' | 'on-demand'
  readonly restart: 'on-demand' | 'never'
  readonly grace: number
  readonly output: OutputMode
}

/** One loop through its generations: the one that runs now, and those before it that have not ended yet. */
export class Generations implements Runner {
  readonly adapter: Adapter
  readonly label: string
  /** All that have not ended, as far as this thread has heard. */
  readonly live: Set<Client> = new Set()
  readonly #options: GenerationsOptions
  readonly #onProgress: () => void
  readonly #attempts = new StartAttempts()
  readonly #retiring = new Map<Client, Retirement>()
  /** The end of the generation that runs; undefined between a death and the next call, and before the first one. */
  #current: Client | undefined
  /** What the last generation died of, for `restart: 'never'`. */
  #death: AmbisyncError | undefined
  /** How many there have been. */
  #opened = 0
  #holds = 0

  /**
   * Starts the first one, if it is not for the first call to do so.
   *
   * @param onProgress a generation has ended, or there may be room for another call
   */
  constructor(options: GenerationsOptions, onProgress: () => void) {
    this.adapter = options.adapter
    this.label = `the loop "${options.name}" (${options.adapter.name})`
    this.#options = options
    this.#onProgress = onProgress
    if (options.start === 'at once') this.#current = this.#open()
  }

  get pendingCalls(): number {
    let count = 0
    for (const client of this.live) count += client.pendingCalls
    return count
  }

  /** The end of the generation that runs, if one does. */
  get current(): Client | undefined {
    return this.#current?.isDead ? undefined : this.#current
  }

  /**
   * Calls that the running generation is not done with. One that is dying takes no calls: there is a fresh one for them,
   * or, with `restart: 'never'`, none until its death is told.
   */
  get unfinishedCalls(): number {
    const client = this.#current
    if (client === undefined) return 0
    if (!client.isDead) return client.unfinishedCalls
    return this.#options.restart === 'on-demand' ? 0 : Number.POSITIVE_INFINITY
  }

  /** Milliseconds until a generation can be started; `Infinity` if none will be. */
  get pauseBeforeStart(): number {
    return this.#refusesToStart ? Number.POSITIVE_INFINITY : this.#attempts.pause
  }

  /** What may come to the end of a call on the running generation, or of it. */
  awaits(): readonly Source[] {
    const client = this.#current
    if (client === undefined) return noSources
    if (client.isDead) return [client]
    return client.isAtWork ? client.awaits() : noSources
  }

  callbackInTheWay(): string | undefined {
    return this.current && callbackInTheWay(this.current)
  }

  call(request: CallRequest): Future<unknown> {
    return this.running().call(request)
  }

  preload(module: ModuleRef): void {
    this.#current?.load(module)
  }

  /**
   * The end of the generation that runs. Starts one if there is none.
   *
   * @throws {LoopExitError} if the last one died and none is to follow
   * @throws {LoopStartError} if it cannot be started, or it is too early for another attempt
   */
  running(): Client {
    if (this.#current?.isDead) this.#leaveDead(this.#current)
    if (this.#current === undefined) {
      const about = { adapter: this.adapter.name }
      if (this.#refusesToStart) {
        const message = `${this.label} has died and has restart: 'never': ${this.#death?.message}`
        throw new LoopExitError(message, { ...about, cause: this.#death })
      }
      this.#attempts.check(this.label, about)
      this.#current = this.#open()
    }
    return this.#current
  }

  /** What it died of and how often it failed to start is forgotten: whoever asks for this has changed something. */
  restart(): void {
    // As one: what it sets going may lead here again.
    dispatch(() => {
      this.#retire()
      this.#death = undefined
      this.#attempts.reset()
      this.#current = this.#open()
    })
  }

  finish(): void {
    this.#retire()
    for (const retirement of this.#retiring.values()) retirement.leaveStreams()
  }

  cancelAll(reason: string): void {
    for (const client of this.live) client.cancelAll(reason)
  }

  rejectAll(reason: (label: string) => AmbisyncError): void {
    for (const client of this.live) client.rejectAll(reason)
  }

  hold(): void {
    if (++this.#holds === 1) for (const client of this.live) client.hold()
  }

  release(): void {
    if (--this.#holds === 0) for (const client of this.live) client.release()
  }

  get #refusesToStart(): boolean {
    return this.#options.restart === 'never' && this.#death !== undefined
  }

  #retire(): void {
    const client = this.#current
    if (client === undefined) return
    this.#current = undefined
    const retirement = new Retirement(client, this.#options.grace)
    this.#retiring.set(client, retirement)
    retirement.check()
  }

  /** Those who wait for it will be told as usual; a new call has nothing to do with it. */
  #leaveDead(client: Client): void {
    if (this.#options.restart === 'on-demand') {
      this.#current = undefined
    } else {
      // Its exit says what it died of, which is what new calls are told. Until it comes, they fail with the others.
      client.pump()
    }
  }

  #open(): Client {
    const { adapter, name, grace, output } = this.#options
    const events = new GenerationEvents(name, adapter.name, ++this.#opened)
    try {
      const channel = adapter.open({ name, wake: thread.wake, setTimer, output })
      const client: Client = new Client(
        channel,
        { name, adapter: adapter.name, capabilities: adapter.capabilities, grace, output },
        {
          onReady: () => {
            this.#attempts.reset()
            events.started()
          },
          onExit: (death, started, nobodyIsTold) => {
            events.exited(death, started)
            this.#exited(client, death, started, nobodyIsTold)
          },
          onProgress: () => {
            this.#retiring.get(client)?.check()
            this.#onProgress()
          },
        },
      )
      this.live.add(client)
      if (this.#holds > 0) client.hold()
      return client
    } catch (cause) {
      if (cause instanceof TypeError || cause instanceof RangeError || cause instanceof NotSupportedError) throw cause
      const why = cause instanceof Error ? cause.message : String(cause)
      const error = new LoopStartError(`${this.label} could not be started: ${why}`, { adapter: adapter.name, cause })
      this.#attempts.failed(error)
      events.exited(error, false)
      throw error
    }
  }

  #exited(client: Client, death: AmbisyncError, started: boolean, nobodyIsTold: boolean): void {
    this.live.delete(client)
    const retirement = this.#retiring.get(client)
    if (retirement === undefined) {
      // The next call starts a fresh loop as if nothing had been; a failure must not be lost with that.
      const isFailure = 'cause' in death || !('exitCode' in death) || death.exitCode !== 0
      if (nobodyIsTold && isFailure) afterDispatch(() => console.error('ambisync:', death))
      this.#death = death
      if (!started) this.#attempts.failed(death)
    } else {
      retirement.ended()
      this.#retiring.delete(client)
    }
    // A new generation may have begun while nobody had heard of this one's end.
    if (this.#current === client) this.#current = undefined
    this.#onProgress()
  }
}
