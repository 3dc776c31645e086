import { placeAt } from './call-site.ts'
import { checkOptionNames } from './check-options.ts'
import { type CallRequest, Client, type ModuleRef } from './client.ts'
import { ContextSnapshot, type ContextStorages, checkContext } from './context.ts'
import type { Adapter } from './contract.ts'
import { checkTimeout } from './deadline.ts'
import { describeType } from './describe-type.ts'
import { createDual, type Dual } from './dual.ts'
import { AmbisyncError, LoopExitError, LoopStartError, LoopStoppedError, NotSupportedError } from './errors.ts'
import { type Future, rejectedFuture, settledFuture } from './future.ts'
import { inlineModule } from './inline.ts'
import { currentDirectory } from './node-cwd.ts'
import { StartAttempts } from './start-attempts.ts'
import { Stopping } from './stopping.ts'
import { thread } from './thread.ts'
import { setTimer } from './timer.ts'
import type { AnyFunction, Tasks } from './types.ts'

export interface LoopOptions {
  /** How the loop is run, e.g. `workerThreads()`. */
  readonly adapter: Adapter
  /** For messages, errors and thread names. `loop-1`, `loop-2`, … by default. */
  readonly name?: string | undefined
  /**
   * What a call does after the loop has died. `'on-demand'`, the default: starts a fresh one, with the modules
   * loaded anew. `'never'`: fails with the error that the loop died of.
   */
  readonly restart?: 'on-demand' | 'never' | undefined
  /**
   * How long a loop may take to acknowledge a cancellation, or to end when it was asked to, before it is killed, in
   * milliseconds; 1,000 by default. A loop whose code never yields does neither. Where the adapter cannot kill, it has
   * no effect.
   */
  readonly grace?: number | undefined
  /**
   * `AsyncLocalStorage`s whose values go with each call: in the task, `getCall().context` has them by these names.
   * They cross like arguments; one that is undefined is left out. While a callback of the call is served, the storages
   * hold what they held when the call was made.
   *
   * @example startLoop({ adapter, context: { requestId: requestIdStorage } })
   */
  readonly context?: ContextStorages | undefined
}

export interface StopOptions {
  /**
   * Longest time to wait for the calls that are under way, in milliseconds. When it is up they fail with
   * `LoopStoppedError`, and the loop is killed. Without it, or with `Infinity`, they are waited for.
   */
  readonly timeout?: number | undefined
}

/**
 * `running`: takes calls; a loop that died starts again with the next one. `stopping`: finishes what is under way.
 * `stopped`: for good.
 */
export type LoopState = 'running' | 'stopping' | 'stopped'

/** A background event loop. It does not keep the process alive while it is idle. */
export interface Loop {
  readonly name: string
  readonly adapter: Adapter
  readonly state: LoopState
  /**
   * The functions that a module exports, as dual functions. Returns at once; the loop begins to import the module.
   *
   * @typeParam M the type of the module, `typeof import('./tasks.js')`
   * @param specifier a URL (recommended: `new URL('./tasks.js', import.meta.url)`), or a path or bare specifier,
   *   which are resolved from the working directory
   * @throws {TypeError} if it is neither a string nor a URL. A failing import shows in the calls, as `LoopStartError`
   */
  load<M = Record<string, (...args: unknown[]) => unknown>>(specifier: string | URL): Tasks<M>
  /**
   * A function of the caller's, run on the loop. It is sent as source: the variables around it are not there, and
   * using one is a `ReferenceError` that says so. In it, `import()` knows Node's own modules and absolute URLs.
   *
   * @throws {TypeError} for what cannot be sent as source: native and bound functions, classes, methods with `super`
   * @throws {NotSupportedError} where the adapter takes modules by name only
   * @example loop.inline(async (ms: number) => ms * 2).sync(21)
   */
  inline<F extends AnyFunction>(f: F): Dual<F>
  /**
   * Takes no more calls, waits for those under way, and ends the loop. Asked again, it returns the same promise.
   *
   * @throws {TimeoutError} if the time was up before the calls were done; the loop has been killed then
   */
  stop(options?: StopOptions): Promise<void>
  /** The same, blocking this thread. */
  stopSync(options?: StopOptions): void
  /** Keeps the process alive until the loop is stopped, calls or none. A new loop does not. */
  ref(): void
  /** The opposite: only calls whose promise or done callback was taken do. */
  unref(): void
  /** As {@link stop}: what is under way is waited for. For `await using`. */
  [Symbol.asyncDispose](): Promise<void>
  /**
   * Cancels what is under way and has the loop end, without waiting for it. For `using`, which cannot tell whether its
   * block was left by a throw.
   */
  [Symbol.dispose](): void
}

/**
 * Starts a background event loop, and returns at once, before it runs.
 *
 * A loop that dies wakes everyone who waits for it, with `LoopExitError`; after it has failed to start several
 * times in a row, the next attempts are spaced out, and calls until then fail at once.
 * @throws {TypeError | RangeError} for an option that cannot be right
 * @throws {LoopStartError} `ERR_AMBISYNC_LOOP_START` if the adapter could not even begin to start it
 * @example
 * const loop = startLoop({ adapter: workerThreads() })
 * const tasks = loop.load<typeof import('./tasks.js')>(new URL('./tasks.js', import.meta.url))
 */
export function startLoop(options: LoopOptions): Loop {
  return new BackgroundLoop(checkOptions(options))
}

class BackgroundLoop implements Loop {
  readonly name: string
  readonly adapter: Adapter
  readonly #restart: 'on-demand' | 'never'
  readonly #grace: number
  readonly #context: ContextStorages | undefined
  readonly #modules = new Map<string, ModuleRef>()
  readonly #attempts = new StartAttempts()
  /** The end of the generation that runs; undefined between a death and the next call. */
  #client: Client | undefined
  #stopping: Stopping | undefined
  #referenced = false
  /** What the last generation died of, for `restart: 'never'`. */
  #death: AmbisyncError | undefined

  constructor({ adapter, name, restart, grace, context }: CheckedOptions) {
    this.name = name
    this.adapter = adapter
    this.#restart = restart
    this.#grace = grace
    this.#context = context
    this.#client = this.#open()
  }

  get state(): LoopState {
    if (this.#stopping === undefined) return 'running'
    return this.#stopping.future.done() ? 'stopped' : 'stopping'
  }

  load<M>(specifier: string | URL): Tasks<M> {
    const module = this.#module(specifier)
    this.#client?.load(module)
    const tasks: Record<string, unknown> = Object.create(null)
    return new Proxy(tasks, {
      get: (target, name) => {
        // Not a promise; and whoever looks for a symbol (an inspector, say) does not look for a task.
        if (typeof name === 'symbol' || name === 'then') return undefined
        target[name] ??= this.#dual(module, name)
        return target[name]
      },
    }) as Tasks<M>
  }

  inline<F extends AnyFunction>(f: F): Dual<F> {
    if (this.adapter.capabilities.modules !== 'url') {
      const message = `the ${this.adapter.name} adapter runs modules that the other side serves, and no inline functions`
      throw new NotSupportedError(message, { adapter: this.adapter.name })
    }
    const { specifier, name } = inlineModule(f)
    const module = this.#module(new URL(specifier))
    return this.#dual(module, name) as unknown as Dual<F>
  }

  async stop(options: StopOptions = {}): Promise<void> {
    await this.#stop(options)
  }

  stopSync(options: StopOptions = {}): void {
    this.#stop(options).result()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  [Symbol.dispose](): void {
    this.#client?.cancelAll(`${this.#label()} was disposed of`)
    this.#stop({})
  }

  ref(): void {
    if (this.#referenced) return
    this.#referenced = true
    this.#client?.hold()
  }

  unref(): void {
    if (!this.#referenced) return
    this.#referenced = false
    this.#client?.release()
  }

  #module(specifier: string | URL): ModuleRef {
    if (typeof specifier !== 'string' && !(specifier instanceof URL)) {
      throw new TypeError(`load takes a module as a URL or a string, not ${describeType(specifier)}`)
    }
    const cwd = typeof specifier === 'string' ? currentDirectory() : undefined
    const key = `${cwd ?? ''}\0${specifier}`
    let module = this.#modules.get(key)
    if (module === undefined) {
      module = { id: this.#modules.size + 1, specifier: String(specifier), cwd }
      this.#modules.set(key, module)
    }
    return module
  }

  #dual(module: ModuleRef, name: string): ReturnType<typeof createDual> {
    return createDual({
      label: name,
      start: (args, options, site) => {
        let context: ContextSnapshot | undefined
        try {
          context = this.#context && new ContextSnapshot(this.#context)
        } catch (error) {
          // Not an AsyncLocalStorage's, but that of something that looks like one.
          return rejectedFuture(name, error)
        }
        return this.#call({ module, name, args, options, site, context })
      },
    })
  }

  #call(request: CallRequest): Future<unknown> {
    try {
      return this.#running().call(request)
    } catch (error) {
      if (!(error instanceof AmbisyncError)) throw error
      return rejectedFuture(request.name, placeAt(error, request.site))
    }
  }

  #running(): Client {
    const about = { adapter: this.adapter.name }
    if (this.#stopping !== undefined) {
      throw new LoopStoppedError(`${this.#label()} was stopped and takes no calls; start another one`, about)
    }
    if (this.#client?.isDead) this.#leaveDead(this.#client)
    if (this.#client === undefined) {
      if (this.#restart === 'never' && this.#death !== undefined) {
        const message = `${this.#label()} has died and has restart: 'never': ${this.#death.message}`
        throw new LoopExitError(message, { ...about, cause: this.#death })
      }
      this.#attempts.check(this.#label(), about)
      this.#client = this.#open()
    }
    return this.#client
  }

  /** Those who wait for it will be told as usual; a new call has nothing to do with it. */
  #leaveDead(client: Client): void {
    if (this.#restart === 'on-demand') {
      this.#client = undefined
    } else {
      // Its exit says what it died of, which is what new calls are told. Until it comes, they fail with the others.
      client.pump()
    }
  }

  #open(): Client {
    const { adapter, name } = this
    try {
      const channel = adapter.open({ name, wake: thread.wake, setTimer })
      const client = new Client(
        channel,
        { name, adapter: adapter.name, capabilities: adapter.capabilities, grace: this.#grace },
        {
          onReady: () => this.#attempts.succeeded(),
          onExit: (death, started, nobodyIsTold) => {
            // The next call starts a fresh loop as if nothing had been; a failure must not be lost with that.
            const isFailure = 'cause' in death || !('exitCode' in death) || death.exitCode !== 0
            if (nobodyIsTold && isFailure && this.#stopping === undefined) console.error('ambisync:', death)
            // A new generation may have begun while nobody had heard of this one's end.
            if (this.#client === client) this.#client = undefined
            this.#death = death
            if (!started) this.#attempts.failed(death)
            this.#stopping?.exited(client)
          },
          onIdle: () => this.#stopping?.drained(client),
        },
      )
      if (this.#referenced) client.hold()
      return client
    } catch (cause) {
      if (cause instanceof TypeError || cause instanceof RangeError) throw cause
      const why = cause instanceof Error ? cause.message : String(cause)
      const error = new LoopStartError(`${this.#label()} could not be started: ${why}`, {
        adapter: adapter.name,
        cause,
      })
      this.#attempts.failed(error)
      throw error
    }
  }

  #stop(options: StopOptions): Future<void> {
    checkOptionNames(options, ['timeout'], 'stop')
    const timeout = checkTimeout(options.timeout, 'timeout')
    if (this.state === 'stopped') return settledFuture()
    this.#stopping ??= new Stopping(this.#client, this.#label(), this.adapter.name, this.#grace)
    this.#stopping.limit(timeout)
    return this.#stopping.future
  }

  #label(): string {
    return `the loop "${this.name}" (${this.adapter.name})`
  }
}

interface CheckedOptions {
  readonly adapter: Adapter
  readonly name: string
  readonly restart: 'on-demand' | 'never'
  readonly grace: number
  readonly context: ContextStorages | undefined
}

let loopsStarted = 0

function checkOptions(options: LoopOptions): CheckedOptions {
  checkOptionNames(options, ['adapter', 'name', 'restart', 'grace', 'context'], 'startLoop')
  const { adapter, name, restart = 'on-demand', grace } = options
  if (typeof adapter?.open !== 'function') {
    throw new TypeError(`adapter must be an adapter, such as workerThreads(), not ${describeType(adapter)}`)
  }
  if (name !== undefined && typeof name !== 'string') {
    throw new TypeError(`name must be a string, not ${describeType(name)}`)
  }
  if (restart !== 'on-demand' && restart !== 'never') {
    throw new TypeError(`restart must be 'on-demand' or 'never', not ${String(restart)}`)
  }
  return {
    adapter,
    restart,
    grace: checkTimeout(grace ?? 1_000, 'grace'),
    context: checkContext(options.context),
    name: name ?? `loop-${++loopsStarted}`,
  }
}
