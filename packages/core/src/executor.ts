import { type CallSite, placeAt } from './call-site.ts'
import { checkOptionNames } from './check-options.ts'
import type { CallRequest, Client, ModuleRef } from './client.ts'
import { ContextSnapshot, type ContextStorages } from './context.ts'
import type { Adapter } from './contract.ts'
import { checkTimeout } from './deadline.ts'
import { describeType } from './describe-type.ts'
import { dispatch } from './dispatch.ts'
import { type CallOptions, createDual, type Dual } from './dual.ts'
import { AmbisyncError, LoopStoppedError, NotSupportedError } from './errors.ts'
import { type AdapterChoice, type Explanation, LoopExplanation } from './explanation.ts'
import type { ForwardedCall } from './forward.ts'
import { expireAfter, type Future, rejectedFuture, settledFuture, start } from './future.ts'
import { inlineFunction, inlineModule } from './inline.ts'
import type { CheckedLoopOptions, Loop, LoopState, StopOptions } from './loop.ts'
import { whyNotBlock } from './may-block.ts'
import type { ModeDefaults } from './mode.ts'
import { currentDirectory } from './node-cwd.ts'
import type { TaskFunction } from './protocol.ts'
import { withRemaining } from './remaining-time.ts'
import { Stopping } from './stopping.ts'
import type { AnyFunction, Tasks } from './types.ts'

/** What runs the calls: one loop, or the members of a pool. */
export interface Runner {
  readonly adapter: Adapter
  /** How messages speak of it. */
  readonly label: string
  /** The ends of all generations that have not ended. */
  readonly live: Iterable<Client>
  /** How many calls are not settled, those included that have yet to begin. */
  readonly pendingCalls: number
  /** @throws {AmbisyncError} for what fails the call */
  call(request: CallRequest): Future<unknown>
  /** A module that calls will want. */
  preload(module: ModuleRef): void
  /** From now on calls run on fresh generations; those that run now are retired. */
  restart(): void
  /** No more calls will come: retires the generations once what waits for them has begun. */
  finish(): void
  /** Both run inside a dispatch. */
  cancelAll(reason: string): void
  rejectAll(reason: (label: string) => AmbisyncError): void
  /** Counts what keeps the process alive. */
  hold(): void
  release(): void
}

/** What of a loop's options is not the runner's. */
export type ExecutorOptions = Pick<CheckedLoopOptions, 'context' | 'modes' | 'choice'> & { readonly name: string }

/** Where nobody's code makes the call. */
const nowhere: CallSite = () => ({})

/** What loops and pools do alike: functions of modules as dual functions, and being stopped. */
export class Executor implements Loop {
  readonly name: string
  readonly adapter: Adapter
  readonly #runner: Runner
  readonly #context: ContextStorages | undefined
  readonly #modes: ModeDefaults
  readonly #choice: () => AdapterChoice
  readonly #modules = new Map<string, ModuleRef>()
  #stopping: Stopping | undefined
  #referenced = false

  /** @param start is given what the runner calls when a generation has ended, or a call that was on none */
  constructor({ name, context, modes, choice }: ExecutorOptions, start: (onProgress: () => void) => Runner) {
    this.name = name
    this.#context = context
    this.#modes = modes
    this.#choice = choice
    this.#runner = start(() => this.#stopping?.check())
    this.adapter = this.#runner.adapter
  }

  get state(): LoopState {
    if (this.#stopping === undefined) return 'running'
    return this.#stopping.future.done() ? 'stopped' : 'stopping'
  }

  load<M>(specifier: string | URL): Tasks<M> {
    const module = this.#module(specifier)
    if (this.#stopping === undefined) this.#runner.preload(module)
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
    if (this.adapter.capabilities.closures) {
      const { run, name } = inlineFunction(f)
      return this.#dual(run, name) as unknown as Dual<F>
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

  restart(): void {
    this.#checkNotStopped()
    this.#runner.restart()
  }

  explain(): Explanation {
    const { name: loop, state } = this
    const { name: adapter, capabilities } = this.adapter
    const choice = this.#choice()
    const seen = [...this.#runner.live].flatMap((client) => client.explain())
    const reasons = [...choice.reasons, ...seen]
    return new LoopExplanation({ loop, state, adapter, capabilities }, { ...choice, reasons })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  [Symbol.dispose](): void {
    // As one: what runs when a call is cancelled comes after the stop.
    dispatch(() => {
      this.#runner.cancelAll(`${this.#runner.label} was disposed of`)
      this.#stop({})
    })
  }

  ref(): void {
    if (this.#referenced) return
    this.#referenced = true
    this.#runner.hold()
  }

  unref(): void {
    if (!this.#referenced) return
    this.#referenced = false
    this.#runner.release()
  }

  /** See `forward` of `forward.ts`. */
  forward(specifier: string | URL, { name, timeout, ...encoded }: ForwardedCall): Future<unknown> {
    const module = this.#module(specifier)
    const options = timeout === undefined ? {} : { timeout }
    const future = this.#call({ module, name, args: encoded.args, encoded, options, site: nowhere, context: undefined })
    if (timeout !== undefined) expireAfter(future, timeout)
    start(future)
    return future
  }

  #module(specifier: string | URL): ModuleRef {
    const isName = this.adapter.capabilities.modules === 'name'
    if (typeof specifier !== 'string' && (isName || !(specifier instanceof URL))) {
      const what = isName ? `the name of a module that the other side serves` : 'a module as a URL or a string'
      throw new TypeError(`load takes ${what}, not ${describeType(specifier)}`)
    }
    const cwd = typeof specifier === 'string' && !isName ? currentDirectory() : undefined
    const key = `${cwd ?? ''}\0${specifier}`
    let module = this.#modules.get(key)
    if (module === undefined) {
      module = { id: this.#modules.size + 1, specifier: String(specifier), cwd }
      this.#modules.set(key, module)
    }
    return module
  }

  #checkCallOptions({ transfer, id }: CallOptions): void {
    const { name, capabilities } = this.adapter
    if (id !== undefined && !capabilities.durable) {
      const message = `the ${name} adapter keeps no calls, so the option "id" is not supported; leave it out`
      throw new NotSupportedError(message, { adapter: name })
    }
    if (transfer === undefined || capabilities.transfer) return
    const what = capabilities.closures ? 'hands over the very objects' : 'copies what it carries'
    const message = `the ${name} adapter ${what}, so the option "transfer" is not supported; leave it out`
    throw new NotSupportedError(message, { adapter: name })
  }

  #dual(module: ModuleRef | TaskFunction, name: string): ReturnType<typeof createDual> {
    return createDual({
      label: name,
      loop: { name: this.name, adapter: this.adapter.name },
      modes: this.#modes,
      checkOptions: (options) => this.#checkCallOptions(options),
      start: (args, options, site, mode, remaining) => {
        // Before it is sent: nobody could wait for it. Where tasks run in this very thread, none waits asleep.
        const refusal = mode === 'sync' && !this.adapter.capabilities.closures ? whyNotBlock(name) : undefined
        if (refusal !== undefined) return rejectedFuture(name, placeAt(refusal, site))
        let context: ContextSnapshot | undefined
        try {
          context = this.#context && new ContextSnapshot(this.#context)
        } catch (error) {
          // Not an AsyncLocalStorage's, but that of something that looks like one.
          return rejectedFuture(name, error)
        }
        return this.#call({ module, name, args, options: withRemaining(options, remaining), site, context })
      },
    })
  }

  #call(request: CallRequest): Future<unknown> {
    try {
      this.#checkNotStopped()
      return this.#runner.call(request)
    } catch (error) {
      if (!(error instanceof AmbisyncError)) throw error
      return rejectedFuture(request.name, placeAt(error, request.site))
    }
  }

  #checkNotStopped(): void {
    if (this.#stopping === undefined) return
    const message = `${this.#runner.label} was stopped and takes no calls; start another one`
    throw new LoopStoppedError(message, { adapter: this.adapter.name })
  }

  #stop(options: StopOptions): Future<void> {
    checkOptionNames(options, ['timeout'], 'stop')
    const timeout = checkTimeout(options.timeout, 'timeout')
    if (this.state === 'stopped') return settledFuture()
    if (this.#stopping === undefined) {
      this.#stopping = new Stopping(this.#runner)
      // What it sets going may lead here again.
      this.#stopping.begin()
    }
    this.#stopping.limit(timeout)
    return this.#stopping.future
  }
}
