import { type Arrived, settleByValue, takeThrown } from './arrived.ts'
import { callRefused, type PreparedArguments, prepareArguments } from './call-arguments.ts'
import { addFrames, type CallSite, placeAt, textOf } from './call-site.ts'
import { CallTable } from './call-table.ts'
import {
  type CallbackOwner,
  callbackInTheWay,
  callbackName,
  type Extracted,
  forgetServing,
  serveCallback,
} from './callbacks.ts'
import type { ContextSnapshot } from './context.ts'
import type { Cancel, Capabilities, Channel, Exit, OutputMode } from './contract.ts'
import { type Deadline, deadlineIn, now } from './deadline.ts'
import { afterDispatch, dispatch } from './dispatch.ts'
import type { CallOptions } from './dual.ts'
import { AbortError, type AmbisyncError, LoopStoppedError, NotSupportedError, TimeoutError } from './errors.ts'
import { exitError, type LoopEndedError } from './exit-error.ts'
import { type ForwardedCall, settleForwarded } from './forward.ts'
import { Future, type FutureSource, settle } from './future.ts'
import { type Handover, handoverOf } from './handover.ts'
import { nextTurn } from './next-turn.ts'
import { addRelay, removeRelay, writeOutput } from './node-output.ts'
import { optional } from './optional.ts'
import { Peer } from './peer.ts'
import type { Call, Draft, Envelope, Invoke, Pull, Resume, Return, TaskFunction } from './protocol.ts'
import { Queue } from './queue.ts'
import { defaultReadAhead } from './read-ahead.ts'
import { RemoteStream } from './stream.ts'
import { StreamReader } from './stream-reader.ts'
import type { StreamLink } from './stream-step.ts'
import { thread } from './thread.ts'
import { setTimer, startTimer, type Timer } from './timer.ts'
import type { TransferList } from './transfer.ts'
import { addSource, noSources, removeSource, type Source } from './waiter.ts'
import { WAKE } from './wake-word.ts'

/** A task module as the caller named it. */
export interface ModuleRef {
  readonly id: number
  readonly specifier: string
  readonly cwd: string | undefined
}

/** Which loop it is, in messages and errors. */
export interface LoopIdentity {
  readonly name: string
  readonly adapter: string
  readonly capabilities: Capabilities
  /** Longest time for it to acknowledge a cancellation before it is killed, in milliseconds. */
  readonly grace: number
  readonly output: OutputMode
}

export interface ClientEvents {
  onReady(): void
  /** Runs before the pending calls are told. `death` is what a call that was not made would have failed with. */
  onExit(death: LoopEndedError, started: boolean, nobodyIsTold: boolean): void
  /** Something is over: a call, a step of a stream, a stream, a cancellation, or a callback that this thread served. */
  onProgress(): void
}

/** What a call is made of. */
export interface CallRequest {
  /** What the function is an export of, or the function itself, where the adapter declares `closures`. */
  readonly module: ModuleRef | TaskFunction
  readonly name: string
  readonly args: readonly unknown[]
  readonly options: CallOptions
  readonly site: CallSite
  /** Undefined where the loop has no context registered. */
  readonly context: ContextSnapshot | undefined
  /** When its time is up, if that did not begin just now. */
  readonly deadline?: Deadline
  /** What is sent in place of `args` and `context`, where it is a {@link ForwardedCall}: its outcome stays encoded, too. */
  readonly encoded?: Omit<ForwardedCall, 'name' | 'timeout'>
}

/** An envelope that waits for the way to have room. */
interface Outgoing {
  /** Undefined once it need not be sent any more. */
  envelope: Envelope | undefined
  readonly transfer?: TransferList | undefined
  /** The arguments of a call as the user gave them, to say what is wrong with them. */
  given?: readonly unknown[] | undefined
}

/** How much is taken in before other channels, timers and the event loop have their turn. */
const mostAtOnce = 1_000

/** How long the end of the process is put off for what tasks still print, in milliseconds. */
const drainLimit = 1_000

/** A call under way. */
class PendingCall implements FutureSource {
  readonly label: string
  readonly future: Future<unknown> = new Future(this)
  readonly callbacks: Extracted | undefined
  readonly site: CallSite
  readonly options: CallOptions
  /** When the time for the call is up. */
  readonly deadline: Deadline
  readonly context: ContextSnapshot | undefined
  readonly isForwarded: boolean
  /** What the other side knows it by. */
  readonly id: string | undefined
  readonly #client: Client
  readonly #id: number
  held = false
  /** Where it waits to be sent. */
  waiting: Outgoing | undefined

  constructor(
    client: Client,
    id: number,
    { name, site, options, context, deadline, encoded }: CallRequest,
    callbacks: Extracted | undefined,
    key: string | undefined,
  ) {
    this.#client = client
    this.#id = id
    this.label = name
    this.site = site
    this.options = options
    this.deadline = deadline ?? deadlineIn(options.timeout ?? Number.POSITIVE_INFINITY)
    this.context = context
    this.isForwarded = encoded !== undefined
    this.id = key
    this.callbacks = callbacks
  }

  awaits(): readonly Source[] {
    return this.#client.awaits(this.#id)
  }

  whyStuck(): string | undefined {
    return this.#client.whyStuck(this.label, this.#id)
  }

  hold(): void {
    this.held = true
    this.#client.hold()
  }

  abandon(error: unknown): void {
    this.#client.abandon(this.#id, reasonOf(error))
  }
}

/** A call whose generator has not come to its end. */
interface OpenStream {
  readonly label: string
  readonly callbacks: Extracted | undefined
  readonly context: ContextSnapshot | undefined
  readonly reader: StreamReader
  /** It has a time limit. */
  readonly expires: boolean
  /** Takes back what would abort it. */
  readonly release: () => void
}

/** The reason that the user gave for a cancellation, where one was given. */
export function reasonOf(error: unknown): unknown {
  return error instanceof AbortError && 'cause' in error ? error.cause : error
}

/** The caller's end of a channel, for one generation of a loop: sends calls, and settles them by what comes back. */
export class Client implements Source, StreamLink, CallbackOwner {
  readonly handover: Handover
  readonly turnsLoop: boolean
  readonly #channel: Channel
  readonly #loop: LoopIdentity
  readonly #events: ClientEvents
  readonly #pending = new CallTable<PendingCall>()
  readonly #streams = new Map<number, OpenStream>()
  /** How many steps of streams have no result yet. */
  #steps = 0
  /** Calls that are just being made: their arguments are looked at, then cloned, and both may run code of the user's. */
  #making = 0
  /** Those of them that are not yet among the pending ones. */
  #preparing = 0
  readonly #loaded = new Set<number>()
  /** Envelopes that a full channel refused, in order. */
  readonly #waiting = new Queue<Outgoing>()
  /** What was taken from the channel while only output was wanted, in order. */
  readonly #putAside = new Queue<Envelope | Exit>()
  readonly drive?: NonNullable<Source['drive']>
  readonly #asSources: readonly Source[] = [this]
  readonly peer: Peer | undefined
  /** Cancellations that the loop has yet to acknowledge, and how to take back what happens if it does not. */
  readonly #unacknowledged = new Map<number, Cancel | undefined>()
  #killedFor: TimeoutError | undefined
  #killed = false
  #stopped = false
  /** There is more to take in, when the event loop has turned. */
  #turnIsDue = false
  #lastId = 0
  #holds = 0
  #started = false
  #ended = false
  #exit: Exit | undefined

  constructor(channel: Channel, loop: LoopIdentity, events: ClientEvents) {
    this.#channel = channel
    this.#loop = loop
    this.#events = events
    this.handover = handoverOf(loop.capabilities)
    this.turnsLoop = channel.turnsLoop === true
    if (channel.drive !== undefined) this.drive = (remaining, isDone) => channel.drive?.(remaining, isDone)
    this.peer = channel.peer && new Peer(channel.peer)
    channel.onReady(() => this.turn())
    addSource(this)
    if (loop.output === 'relay') addRelay(this)
  }

  get label(): string {
    return `the loop "${this.#loop.name}" (${this.#loop.adapter})`
  }

  /** Its loop is known to have ended, or about to; what that sent before may still be on its way. */
  get isDead(): boolean {
    return this.#ended || this.#killed || this.#channel.isDead()
  }

  /** Calls and steps of streams that have no result yet. A stream that nobody waits for is not under way. */
  get pendingCalls(): number {
    return this.#pending.size + this.#preparing + this.#steps
  }

  /** One of those calls may come to its end although this thread does nothing but wait. */
  get isAtWork(): boolean {
    const sent = this.#pending.size - (this.#making - this.#preparing)
    if (sent + this.#steps + this.#unacknowledged.size > 0) return true
    for (const { reader, expires } of this.#streams.values()) if (expires || reader.runsAhead) return true
    return false
  }

  /** What a blocking wait for anything of this loop waits for; nothing, if the loop, or that call, waits for this thread. */
  awaits(call?: number): readonly Source[] {
    return callbackInTheWay(this, call) === undefined ? this.#asSources : noSources
  }

  obstacle(): string | undefined {
    return this.#channel.obstacle?.()
  }

  /** See {@link Channel.explain}. */
  explain(): readonly string[] {
    return this.isDead ? [] : (this.#channel.explain?.() ?? [])
  }

  whyStuck(label: string, call?: number): string | undefined {
    const callback = callbackInTheWay(this, call)
    return callback && `${this.label} is blocked until ${callback} returns, which is waiting for ${label} on that loop`
  }

  /** This thread is in the middle of making a call, and runs code that belongs to its arguments. */
  get isBeingCalled(): boolean {
    return this.#making > 0
  }

  /** Streams that have not come to their end. */
  get openStreams(): number {
    return this.#streams.size
  }

  /** Calls that the loop is not known to be done with: also those that were cancelled and may hold it up. */
  get unfinishedCalls(): number {
    return this.#pending.size + this.#preparing + this.#streams.size + this.#unacknowledged.size
  }

  /** Makes a module known to the loop, which begins to import it. */
  load(module: ModuleRef): void {
    if (this.#loaded.has(module.id)) return
    this.#loaded.add(module.id)
    this.#send({ kind: 'load', module: module.id, specifier: module.specifier, cwd: module.cwd })
  }

  /** Starts a call. What cannot be sent rejects its future; nothing is thrown here. */
  call(request: CallRequest): Future<unknown> {
    if (typeof request.module !== 'function') this.load(request.module)
    this.#making++
    try {
      return this.#make(request, this.#prepare(request))
    } finally {
      this.#making--
    }
  }

  #prepare(request: CallRequest): PreparedArguments {
    this.#preparing++
    const { args, encoded } = request
    if (encoded !== undefined) return { ...encoded, given: args }
    try {
      return prepareArguments(request, this.#loop, this.handover)
    } finally {
      this.#preparing--
    }
  }

  #make(request: CallRequest, prepared: PreparedArguments): Future<unknown> {
    const { module, name, options, deadline } = request
    const { transfer, timeout } = options
    const id = ++this.#lastId
    const ownKey = this.#loop.capabilities.durable ? (options.id ?? crypto.randomUUID()) : undefined
    const key = request.encoded?.key ?? ownKey
    const call = new PendingCall(this, id, request, prepared.callbacks, key)
    if (prepared.refusal !== undefined) {
      this.#fail(call, prepared.refusal)
      this.#events.onProgress()
      return call.future
    }
    if (this.#exit !== undefined) {
      this.#fail(call, exitError(this.#exit, this.#started, this.#loop, name))
      return call.future
    }
    this.#pending.set(id, call)
    const { args, given, callbacks, specials, tree, context } = prepared
    const isModule = typeof module !== 'function'
    const envelope: Draft<Call> = { kind: 'call', id, module: isModule ? module.id : 0, name, args }
    if (!isModule) envelope.run = module
    if (timeout !== undefined) envelope.timeout = deadline === undefined ? timeout : Math.max(0, deadline - now())
    if (key !== undefined) envelope.key = key
    if (key !== undefined && options.id !== undefined) envelope.keyIsGiven = true
    if (callbacks !== undefined) envelope.callbacks = callbacks.positions
    if (specials !== undefined) envelope.specials = specials
    if (tree !== undefined) envelope.tree = tree
    if (context !== undefined) envelope.context = context
    call.waiting = this.#send(envelope, transfer, given)
    return call.future
  }

  /** Asks the loop to end. To be called when nothing is under way. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    const { adapter } = this.#loop
    const message = 'was not at its end when its loop was stopped'
    dispatch(() => {
      this.#failStreams((label) => new LoopStoppedError(`${label} ${message}`, { adapter }))
      this.#send({ kind: 'stop' })
    })
  }

  kill(): void {
    this.#killed = true
    this.#channel.kill()
  }

  /** Counts what keeps the process alive. */
  hold(): void {
    if (++this.#holds === 1) this.#channel.ref()
  }

  release(): void {
    if (--this.#holds === 0) this.#channel.unref()
  }

  /** The caller no longer wants the outcome of this call: tells the task, and sees to it that the loop heard it. */
  abandon(id: number, reason: unknown): void {
    const stream = this.#streams.get(id)
    if ((!this.#pending.has(id) && stream === undefined) || this.#ended) return
    this.#endStream(id)
    forgetServing(this, id)
    const waiting = this.#pending.get(id)?.waiting
    if (waiting === undefined) {
      this.handover.postThrown(reason, (encoded) => this.#send({ kind: 'cancel', id, reason: encoded }))
      this.#unacknowledged.set(id, undefined)
      if (this.#started) this.#expectAcknowledgement(id)
    } else {
      waiting.envelope = undefined
      waiting.given = undefined
    }
    // Last, because it may be what a stop has been waiting for.
    if (this.#take(id) === undefined) this.#events.onProgress()
  }

  /** A loop that is stuck in code that never yields does not see a cancellation; calls behind it would wait for ever. */
  #expectAcknowledgement(id: number): void {
    if (!this.#loop.capabilities.kill) return
    const kill = (): void => {
      // This thread may have been busy itself, and the acknowledgement be here, or behind much else.
      const hasMore = this.pump()
      if (this.#ended || !this.#unacknowledged.has(id)) return
      if (hasMore) {
        this.#expectAcknowledgement(id)
        return
      }
      const message = `it did not acknowledge a cancellation within its grace of ${this.#loop.grace} ms and was killed`
      this.#killedFor = new TimeoutError(message, { adapter: this.#loop.adapter })
      this.kill()
    }
    this.#unacknowledged.set(id, setTimer(this.#loop.grace, kill))
  }

  /** Settles every pending call, and ends every stream, with `reason`. */
  rejectAll(reason: (label: string) => AmbisyncError): void {
    dispatch(() => {
      this.#failStreams(reason)
      for (const [id, call] of this.#pending.entries()) {
        this.#take(id)
        this.#fail(call, reason(call.label))
      }
    })
  }

  cancelAll(reason: string): void {
    dispatch(() => {
      for (const [, { future }] of this.#pending.entries()) future.cancel(new Error(reason))
      for (const id of this.#streams.keys()) this.#abortStream(id, new AbortError(reason, { cause: new Error(reason) }))
    })
  }

  /** Not all of it at once, if there is much: a task that prints without end must not have this thread to itself. */
  pump(): boolean {
    let left = mostAtOnce
    dispatch(() => {
      while (!this.#ended && left > 0) {
        const received = this.#putAside.shift() ?? this.#channel.poll()
        if (received === undefined) break
        left--
        this.#receive(received)
      }
      this.#sendWaiting()
    })
    return left === 0 && !this.#ended
  }

  /** On the event loop, which gets its turn in between. */
  turn(): void {
    if (this.#turnIsDue || !this.pump()) return
    this.#turnIsDue = true
    nextTurn(() => {
      this.#turnIsDue = false
      this.turn()
    })
  }

  /** The event loop has nothing left to do. Gives what the loop has sent, and had no room for, the time to come. */
  lastTurn(deadline: Deadline = deadlineIn(drainLimit)): void {
    this.turn()
    if (this.#channel.isBehind?.() && now() < deadline) nextTurn(() => this.lastTurn(deadline))
  }

  /**
   * Only output is taken in, and written. All else is there for whoever still blocks: an `exit` listener may make calls.
   * A task that prints without end does not keep the process from ending.
   */
  drainOutput(): void {
    const deadline = deadlineIn(drainLimit)
    // Whoever blocks after this has to look, also at what is put aside here and at what there is room for now.
    thread.lookedAt = undefined
    while (now() < deadline) {
      const seen = Atomics.load(thread.wake, WAKE)
      const next = this.#channel.poll()
      if (next === undefined) {
        if (!this.#channel.isBehind?.()) return
        Atomics.wait(thread.wake, WAKE, seen, Math.max(0, deadline - now()))
      } else if (next.kind === 'output') {
        writeOutput(next)
      } else {
        this.#putAside.push(next)
      }
    }
  }

  #receive(received: Envelope | Exit): void {
    switch (received.kind) {
      case 'return': {
        const call = this.#take(received.id)
        if (call === undefined) this.#streams.get(received.id)?.reader.returned(received)
        else if (call.isForwarded) settleForwarded(call.future, received)
        else this.#settle(call, received)
        break
      }
      case 'throw': {
        const call = this.#take(received.id)
        if (call === undefined) {
          this.#streams.get(received.id)?.reader.threw(received.thrown)
          break
        }
        if (call.isForwarded) {
          settleForwarded(call.future, received)
          break
        }
        takeThrown(received.thrown, "on the caller's thread", (reason) => {
          addFrames(reason, call.site, this.handover)
          settle(call.future, { state: 'rejected', reason })
        })
        break
      }
      case 'stream':
        this.#open(received.id)
        break
      case 'yield':
        this.#streams
          .get(received.id)
          ?.reader.receive({ value: received.values, ...optional('specials', received.specials) }, received.weights)
        break
      case 'resumed':
        this.#streams.get(received.id)?.reader.resumed(received.done, received)
        break
      case 'resumed-throw':
        this.#streams.get(received.id)?.reader.resumedThrow(received.thrown)
        break
      case 'ready':
        this.#started = true
        for (const id of this.#unacknowledged.keys()) this.#expectAcknowledgement(id)
        this.#events.onReady()
        break
      case 'cancelled':
        this.#unacknowledged.get(received.id)?.()
        this.#unacknowledged.delete(received.id)
        this.#events.onProgress()
        break
      case 'invoke':
        // The user's code: not in the middle of a look. What is looked up now is of a call that is still under way.
        afterDispatch(this.#callbackFor(received))
        break
      case 'output':
        // Whatever has taken the place of the stream's `write` is the user's code: not in the middle of a look.
        afterDispatch(() => writeOutput(received))
        break
      case 'exit':
        this.#end(received)
        break
    }
  }

  #settle(call: PendingCall, returned: Return): void {
    const describe = (): Arrived => ({
      name: 'result',
      at: "on the caller's thread",
      what: `what ${call.label} returned cannot be read`,
      adapter: this.#loop.adapter,
    })
    settleByValue(call.future, returned, describe, (error) => placeAt(error, call.site))
  }

  /** A reply whose call is not there any more was cancelled or has expired; it is dropped here. */
  #take(id: number): PendingCall | undefined {
    const call = this.#pending.get(id)
    if (call === undefined) return undefined
    this.#pending.delete(id)
    if (call.held) this.release()
    this.#events.onProgress()
    return call
  }

  /** A call has given a generator. From now on its steps are what is under way. */
  #open(id: number): void {
    const call = this.#pending.get(id)
    if (call === undefined) return
    if (!this.#loop.capabilities.streams || call.isForwarded) {
      const { adapter } = this.#loop
      const who = call.isForwarded ? 'a call that was forwarded' : `the ${adapter} adapter`
      const message = `${call.label} returned a generator, and ${who} does not carry streams; return an array instead`
      this.#fail(call, new NotSupportedError(message, { adapter }))
      call.abandon(new AbortError(message, { adapter }))
      return
    }
    const { label, callbacks, context } = call
    const { adapter } = this.#loop
    const { readAhead = defaultReadAhead } = call.options
    // A blocking caller is on the stack now, and will not be at a later step.
    const site = textOf(call.site)
    const reader = new StreamReader({ id, label, adapter, readAhead, site }, this)
    const expires = call.options.timeout !== undefined
    const release = this.#limitStream(id, call, site)
    this.#streams.set(id, { label, callbacks, context, reader, expires, release })
    settle(call.future, { state: 'fulfilled', value: new RemoteStream(reader), isStream: true })
    this.#take(id)
  }

  /** The call's time limit and signal cover its stream, too. Returns how to take them back. */
  #limitStream(id: number, { label, deadline, options }: PendingCall, site: CallSite): () => void {
    const { timeout, signal } = options
    const { adapter } = this.#loop
    let timer: Timer | undefined
    if (deadline !== Number.POSITIVE_INFINITY) {
      const message = `${label} did not come to its end within ${Math.round(timeout ?? 0)} ms and was cancelled`
      const expire = (): void => this.#abortStream(id, placeAt(new TimeoutError(message, { adapter }), site))
      timer = startTimer(Math.max(0, deadline - now()), expire)
    }
    const onAbort = (): void => {
      const error = new AbortError(`${label} was cancelled`, { adapter, cause: signal?.reason })
      this.#abortStream(id, placeAt(error, site))
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    return () => {
      timer?.cancel()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  #abortStream(id: number, error: AmbisyncError): void {
    const stream = this.#streams.get(id)
    this.abandon(id, reasonOf(error))
    stream?.reader.abort(error)
  }

  #failStreams(reason: (label: string) => AmbisyncError): void {
    for (const { label, reader } of [...this.#streams.values()]) reader.fail(reason(label))
  }

  // What the reader of a stream needs of its client.

  send(envelope: Pull | Resume): void {
    this.#send(envelope)
  }

  stepBegan(): void {
    this.#steps++
  }

  stepSettled(): void {
    this.#steps--
    this.#events.onProgress()
  }

  forget(id: number): void {
    // Nobody waits for it, so it need not be acknowledged: the loop may be busy with something else for long.
    if (this.#ended) return
    forgetServing(this, id)
    this.#send({ kind: 'cancel', id, reason: { value: undefined } })
  }

  ended(id: number): void {
    if (this.#endStream(id)) this.#events.onProgress()
  }

  #endStream(id: number): boolean {
    this.#streams.get(id)?.release()
    return this.#streams.delete(id)
  }

  /** What serves a callback, or refuses to. */
  #callbackFor(invoke: Invoke): () => void {
    const call = this.#pending.get(invoke.call) ?? this.#streams.get(invoke.call)
    const callback = call?.callbacks?.functions[invoke.callback]
    const position = call?.callbacks?.positions[invoke.callback]
    const post = (envelope: Envelope): void => {
      if (this.#ended) return
      this.#send(envelope)
      this.#events.onProgress()
    }
    if (call === undefined || callback === undefined || position === undefined) {
      const error = new AbortError('the call was cancelled, and its callbacks with it', { adapter: this.#loop.adapter })
      return () =>
        this.handover.postThrown(error, (thrown) =>
          post({ kind: 'invoke-throw', id: invoke.id, thrown, refused: true }),
        )
    }
    const { context } = call
    const run: typeof callback = context === undefined ? callback : (...args) => context.run(() => callback(...args))
    return () => serveCallback(invoke, run, callbackName(position, call.label), this, post)
  }

  #end(received: Exit): void {
    const exit = this.#killedFor === undefined ? received : { ...received, cause: this.#killedFor }
    this.#ended = true
    this.#exit = exit
    for (const stopTimer of this.#unacknowledged.values()) stopTimer?.()
    this.#unacknowledged.clear()
    forgetServing(this)
    removeSource(this)
    removeRelay(this)
    this.#waiting.clear()
    const nobodyIsTold = this.#pending.size + this.#streams.size === 0 && this.#killedFor === undefined
    this.#events.onExit(exitError(exit, this.#started, this.#loop), this.#started, nobodyIsTold)
    this.rejectAll((label) => exitError(exit, this.#started, this.#loop, label))
  }

  /** @returns where it waits, if the way is full */
  #send(envelope: Envelope, transfer?: TransferList, given?: readonly unknown[]): Outgoing | undefined {
    if (this.#waiting.size === 0 && this.#post(envelope, transfer, given)) return undefined
    // What cannot be cloned is refused now, while whoever sends it can do something about it. A call fails by itself.
    if (envelope.kind !== 'call' && !this.handover.byReference) structuredClone(envelope)
    const outgoing = { envelope, ...optional('transfer', transfer), ...optional('given', given) }
    this.#waiting.push(outgoing)
    return outgoing
  }

  #sendWaiting(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#sendNext(next)) continue
      this.#waiting.unshift(next)
      return
    }
  }

  /** Out of the queue meanwhile: to be cloned, it may run code of the user's, which may make a call and wait for that. */
  #sendNext(next: Outgoing): boolean {
    const { envelope, transfer, given } = next
    if (envelope === undefined) return true
    const call = envelope.kind === 'call' ? this.#pending.get(envelope.id) : undefined
    // What is cancelled from here on has to be cancelled on the loop.
    if (call !== undefined) call.waiting = undefined
    const isSent = this.#post(envelope, transfer, given)
    if (!isSent && call !== undefined) call.waiting = next
    return isSent
  }

  /** False if the way is full. What cannot be cloned counts as sent: its call is settled here. */
  #post(envelope: Envelope, transfer?: TransferList, given?: readonly unknown[]): boolean {
    // Cancelled while it waited for the way to have room.
    if (envelope.kind === 'call' && !this.#pending.has(envelope.id)) return true
    try {
      return transfer === undefined ? this.#channel.post(envelope) : this.#channel.post(envelope, transfer)
    } catch (cause) {
      if (envelope.kind !== 'call') throw cause
      const call = this.#take(envelope.id)
      if (call !== undefined) {
        const { context } = call
        this.#fail(call, callRefused(envelope, { args: given ?? envelope.args, context, transfer }, this.#loop, cause))
      }
      return true
    }
  }

  #fail(call: PendingCall, error: AmbisyncError): void {
    settle(call.future, { state: 'rejected', reason: placeAt(error, call.site) })
  }
}
