import { decodeArrived } from './arrived.ts'
import { Attention } from './attention.ts'
import { CallTable } from './call-table.ts'
import { CallbackCalls } from './callbacks.ts'
import type { HostLink, ServedLoop, TaskModule } from './contract.ts'
import { afterDispatch, dispatch } from './dispatch.ts'
import { Unsendable } from './encode-value.ts'
import { hostFrame } from './error-content.ts'
import { AbortError, LoopStartError, SerializationError } from './errors.ts'
import { type Handover, handoverOf } from './handover.ts'
import { isPromiseLike } from './is-promise-like.ts'
import { nextTurn } from './next-turn.ts'
import { optional } from './optional.ts'
import { Peer } from './peer.ts'
import { preview } from './preview.ts'
import type { Call, Cancel, Draft, Envelope, Load, Pull, Resume, Return, Yield } from './protocol.ts'
import { Queue } from './queue.ts'
import { type AnyGenerator, isGenerator, StreamSource } from './stream-source.ts'
import { RunningCall } from './task-call.ts'
import { thread } from './thread.ts'
import { decodeThrown } from './thrown.ts'
import { runDueTimers } from './timer.ts'
import { type TransferList, transferOf, whyDetached } from './transfer.ts'
import { causeOfRefusal, explainRefusal } from './values.ts'
import { addSource, removeSource, type Source } from './waiter.ts'

/** A task module on its way in, or here. After a failure the next call tries again. */
interface Module {
  readonly specifier: string
  readonly cwd: string | undefined
  exports: TaskModule | undefined
  loading: Promise<TaskModule> | undefined
}

/**
 * The loop's end of a channel: imports task modules, runs calls, and sends back what they return or throw.
 *
 * An adapter calls it once, on the loop's thread, as soon as `link` can carry envelopes and before anything else of
 * this package is used there.
 */
export function serve(link: HostLink): ServedLoop {
  thread.wake = link.wake
  const host = new Host(link)
  // A task may block this thread: then it is the waiter that takes in what arrives.
  addSource(host)
  link.onReady(() => host.told())
  link.onExit?.(() => host.flush())
  link.post({ kind: 'ready' })
  // Something may be here already.
  if (link.rest !== undefined) nextTurn(() => host.told())
  return {
    print: (stream, chunk) => link.post({ kind: 'output', stream, chunk }),
    abandon: () => host.abandon(),
  }
}

class Host implements Source {
  readonly drive?: NonNullable<Source['drive']>
  readonly turnsLoop: boolean
  readonly peer: Peer | undefined
  readonly #handover: Handover
  readonly fallAsleep?: () => void
  readonly #link: HostLink
  readonly #attention: Attention
  readonly #modules = new Map<number, Module>()
  readonly #running = new CallTable<RunningCall>()
  readonly #streams = new Map<number, StreamSource>()
  /** Streams that have items in a batch. */
  readonly #unsent = new Set<StreamSource>()
  /** Generators whose `finally` blocks run, of streams that nobody wants any more. */
  readonly #closing = new Set<Promise<void>>()
  readonly #callbacks: CallbackCalls
  /** Work that arrived while a task blocked this thread. It begins when that is given back to the event loop. */
  readonly #queued = new Queue<Work>()

  constructor(link: HostLink) {
    this.#link = link
    this.#handover = handoverOf(link)
    this.turnsLoop = link.turnsLoop === true
    if (link.drive !== undefined) this.drive = (remaining, isDone) => link.drive?.(remaining, isDone)
    this.peer = link.peer && new Peer(link.peer)
    if (link.fallAsleep !== undefined) this.fallAsleep = () => link.fallAsleep?.()
    this.#attention = new Attention(link.wake, {
      takeIn: () => this.turn(),
      isBusy: () => this.#running.size + this.#streams.size + this.#closing.size + this.#queued.size > 0,
      hasOnlyMessages: () => link.hasOnlyMessages?.() ?? false,
      rest: (seen) => link.rest?.(seen),
    })
    this.#callbacks = new CallbackCalls((envelope) => this.#post(envelope), this, this.#handover)
  }

  obstacle(): string | undefined {
    return this.#link.obstacle?.()
  }

  /** See `ServedLoop.abandon`. */
  abandon(): void {
    removeSource(this)
    const ended = new AbortError('the loop was ended', { adapter: this.#link.adapter })
    const streams = [...this.#streams.values()]
    const calls = this.#running.entries()
    for (const [id] of calls) this.#running.delete(id)
    // The tasks' listeners and `finally` blocks are code of the user's.
    afterDispatch(() => {
      for (const [id, call] of calls) {
        this.#callbacks.abandon(id, ended)
        call.cancel(ended)
      }
      for (const stream of streams) this.#close(stream)
    })
  }

  /** Sends what streams have in their batches. */
  flush(): void {
    for (const stream of this.#unsent) stream.flush()
  }

  /** The event loop tells that something has arrived. */
  told(): void {
    const { peer, rest } = this.#link
    // Whose caller is not another thread of this process, nobody adds to the counter that it would look at.
    if (peer === undefined && rest === undefined) this.turn()
    else this.#attention.told()
  }

  /** Takes in everything that has arrived, calls included, in order. True if there was something. */
  turn(): boolean {
    for (let some = false; ; some = true) {
      // Those that were queued came before what is still to poll, also when a task has queued them just now.
      const next = this.#queued.shift() ?? this.#link.poll()
      if (next === undefined) return some
      if (isWork(next)) this.#begin(next)
      else this.#receive(next)
    }
  }

  /** What has arrived but for new work, which waits. For whoever is in the middle of a task. */
  pump(): boolean {
    dispatch(() => {
      for (let next = this.#link.poll(); next !== undefined; next = this.#link.poll()) {
        if (isWork(next)) this.#queue(next)
        else this.#receive(next)
      }
    })
    return false
  }

  /** For a task that asks whether it was cancelled. Its caller is busy with it, if that is this very thread. */
  #look(): void {
    if (this.turnsLoop) dispatch(runDueTimers)
    this.pump()
  }

  #receive(envelope: Envelope): void {
    switch (envelope.kind) {
      case 'load':
        this.#load(envelope)
        break
      case 'cancel':
        this.#cancel(envelope)
        break
      case 'invoke-return':
      case 'invoke-throw':
        this.#callbacks.receive(envelope)
        break
      case 'stop':
        // After what was cancelled before it.
        afterDispatch(() => void this.#stop())
        break
    }
  }

  #queue(work: Work): void {
    this.#queued.push(work)
    if (this.#queued.size === 1) setTimeout(() => this.turn(), 0)
  }

  #begin(work: Work): void {
    switch (work.kind) {
      case 'call':
        this.#call(work)
        break
      case 'pull':
        this.#streams.get(work.id)?.pull(work.count)
        break
      case 'resume':
        this.#resume(work)
        break
    }
  }

  /** Whoever iterates over what is still open is told by the caller's end. */
  async #stop(): Promise<void> {
    for (const stream of this.#streams.values()) this.#close(stream)
    if (this.#closing.size > 0) await Promise.all(this.#closing)
    // The thread may live on, where it is the caller's.
    removeSource(this)
    this.#link.exit()
  }

  #close(stream: StreamSource): void {
    const closing = stream.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  /** Everything but the batches of streams: it comes after what was yielded before it. */
  #post(envelope: Envelope, transfer?: TransferList): void {
    if (this.#unsent.size > 0) this.flush()
    if (transfer === undefined) this.#link.post(envelope)
    else this.#link.post(envelope, transfer)
    if (!this.turnsLoop) this.#attention.answered()
  }

  #load({ module: id, specifier, cwd }: Load): void {
    const module: Module = { specifier, cwd, exports: undefined, loading: undefined }
    this.#modules.set(id, module)
    // Nobody may ever call it: then its failure is nobody's.
    this.#import(module).catch(() => {})
  }

  #import(module: Module): Promise<TaskModule> {
    module.loading ??= importModule(this.#link, module)
      .then((exports) => {
        module.exports = exports
        return exports
      })
      .finally(() => {
        module.loading = undefined
      })
    return module.loading
  }

  #cancel({ id, reason }: Cancel): void {
    const call = this.#running.get(id)
    this.#running.delete(id)
    const stream = this.#streams.get(id)
    this.#streams.delete(id)
    this.#queued.removeIf((work) => work.id === id)
    this.#post({ kind: 'cancelled', id })
    if (call === undefined) return
    // What the reason is made of may be the user's code, and so are the task's listeners and `finally` blocks: not in
    // the middle of a look.
    afterDispatch(() => {
      const decoded = decodeThrown(reason, "on the task's thread")
      this.#callbacks.abandon(id, decoded)
      call.cancel(decoded)
      if (stream !== undefined) this.#close(stream)
    })
  }

  #call(call: Call): void {
    const module = this.#modules.get(call.module)
    if (module === undefined && call.run === undefined) {
      throw new Error(`call ${call.id} came before its module ${call.module}`)
    }
    this.#running.set(call.id, new RunningCall(call, () => this.#look()))
    if (module === undefined) {
      this.#run(call, () => call.run)
      return
    }
    const run = (exports: TaskModule): void => {
      this.#run(call, () => exportedFunction(exports, call.name, module.specifier))
    }
    if (module.exports !== undefined) {
      run(module.exports)
      return
    }
    this.#import(module).then(
      // Where the loop is turned, tasks may block in macrotasks only.
      (exports) => (this.#link.runSoon === undefined ? run(exports) : this.#link.runSoon(() => run(exports))),
      (error: unknown) => this.#replyThrow(call, error),
    )
  }

  #run(call: Call, task: () => Call['run']): void {
    const running = this.#running.get(call.id)
    // Cancelled before it began.
    if (running === undefined) return
    try {
      const args = this.#arguments(call)
      const run = (): unknown => frame[hostFrame](task, args)
      const result = thread.calls === undefined ? run() : thread.calls.run(running, run)
      // A `then` that is a getter may throw, too.
      if (isPromiseLike(result)) this.#await(call, result)
      else this.#replyReturn(call, result)
    } catch (thrown) {
      this.#replyThrow(call, thrown)
    }
  }

  #arguments({ id, name, args: cloned, callbacks, specials }: Call): readonly unknown[] {
    const encoded = { value: cloned, ...optional('specials', specials) }
    const what = `${name} was not called`
    const { adapter } = this.#link
    const args = decodeArrived(encoded, {
      name: 'args',
      at: "on the task's thread",
      what,
      adapter,
    }) as readonly unknown[]
    if (callbacks === undefined) return args
    return this.#callbacks.restore(args, callbacks, { id, name, isOver: () => !this.#running.has(id) })
  }

  #await(call: Call, result: PromiseLike<unknown>): void {
    Promise.resolve(result).then(
      (value) => this.#replyReturn(call, value),
      (thrown: unknown) => this.#replyThrow(call, thrown),
    )
  }

  #replyReturn(call: Call, value: unknown): void {
    const running = this.#running.get(call.id)
    if (running === undefined) {
      // It was cancelled. What it has opened is closed, and nobody is told what comes of it.
      if (isGenerator(value)) void Promise.resolve(value.return(undefined)).catch(() => {})
      return
    }
    if (isGenerator(value)) {
      this.#open(call, running, value)
      return
    }
    // Nothing moves where nothing is copied.
    const transfer = this.#handover.byReference ? undefined : transferOf(value)
    try {
      const detached = transfer && whyDetached(transfer)
      if (detached !== undefined) throw new Unsendable(detached)
      const { value: sent, specials, tree } = this.#handover.encode(value, 'result')
      // An `encode` of the user's may have blocked this thread, and the call been cancelled meanwhile.
      if (!this.#running.has(call.id)) return
      const envelope: Draft<Return> = { kind: 'return', id: call.id, value: sent }
      if (specials !== undefined) envelope.specials = specials
      if (tree !== undefined) envelope.tree = tree
      this.#post(envelope, transfer)
      this.#running.delete(call.id)
    } catch (error) {
      this.#replyThrow(call, this.#resultRefused(call.name, value, error, transfer))
    }
  }

  #replyThrow({ id }: Call, thrown: unknown): void {
    // It was cancelled, and its caller has been told so.
    if (!this.#running.delete(id)) return
    this.#handover.postThrown(thrown, (encoded) => this.#post({ kind: 'throw', id, thrown: encoded }))
  }

  /** The call lasts until its generator comes to its end. */
  #open({ id, name }: Call, call: RunningCall, generator: AnyGenerator): void {
    const { adapter } = this.#link
    const post: HostLink['post'] = (envelope, transfer) => this.#post(envelope, transfer)
    const postBatch = (batch: Yield): void => this.#link.post(batch)
    const unsent = this.#unsent
    const handover = this.#handover
    const onEnd = (): void => {
      this.#streams.delete(id)
      this.#running.delete(id)
    }
    this.#streams.set(
      id,
      new StreamSource({ name, adapter, generator, call, handover, post, postBatch, unsent, onEnd }),
    )
    this.#post({ kind: 'stream', id })
  }

  #resume(step: Resume): void {
    const stream = this.#streams.get(step.id)
    if (stream !== undefined) void stream.resume(step)
    else this.#resumeEnded(step)
  }

  /** It came to its end while the step was on its way: it does what such a generator does. */
  #resumeEnded(step: Resume): void {
    const { id } = step
    if (step.method === 'throw') this.#post({ kind: 'resumed-throw', id, thrown: step.thrown })
    else if (step.method === 'next') this.#post({ kind: 'resumed', id, done: true, value: undefined })
    else this.#post({ ...step, kind: 'resumed', done: true })
  }

  #resultRefused(name: string, value: unknown, cause: unknown, transfer?: TransferList): SerializationError {
    const why = explainRefusal(value, 'result', cause, transfer)
    const message = `${name} returned what cannot be sent to its caller: ${why}`
    return withoutFrames(new SerializationError(message, { adapter: this.#link.adapter, ...causeOfRefusal(cause) }))
  }
}

async function importModule(link: HostLink, { specifier, cwd }: Module): Promise<TaskModule> {
  let url: string | undefined
  try {
    url = await link.resolveModule(specifier, cwd)
    return await link.importModule(url)
  } catch (cause) {
    const where = url ?? `"${specifier}"${cwd === undefined ? '' : ` from ${cwd}`}`
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : `it threw ${preview(cause)}`
    const message = `cannot import the task module ${where}: ${why}`
    throw withoutFrames(new LoopStartError(message, { adapter: link.adapter, cause, url }))
  }
}

/** The call, in a frame that marks where the task's own frames end. */
const frame = {
  [hostFrame](task: () => Call['run'], args: readonly unknown[]): unknown {
    return task()?.(...args)
  },
}

function exportedFunction(exports: TaskModule, name: string, specifier: string): (...args: unknown[]) => unknown {
  if (Object.hasOwn(exports, name)) {
    const value = exports[name]
    if (typeof value === 'function') return value as (...args: unknown[]) => unknown
    const kind = value === null ? 'null' : typeof value
    throw withoutFrames(new TypeError(`the export "${name}" of ${specifier} is not a function but ${kind}`))
  }
  const names = Object.keys(exports).map((key) => `"${key}"`)
  const known = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`
  throw withoutFrames(new TypeError(`${specifier} does not export "${name}"; ${known}`))
}

/** The caller's frames will follow, and they are the ones that matter: the host's own say nothing to a user. */
function withoutFrames<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}`
  return error
}

/** What has the user's code run, and so waits while that is being run. */
type Work = Call | Pull | Resume

function isWork(envelope: Envelope): envelope is Work {
  return envelope.kind === 'call' || envelope.kind === 'pull' || envelope.kind === 'resume'
}
