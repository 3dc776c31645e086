import { appendFrames, type CallSite, placeAt } from './call-site.ts'
import type { Channel, Exit } from './contract.ts'
import { dispatch } from './dispatch.ts'
import {
  type AmbisyncError,
  type AmbisyncErrorOptions,
  type LoopErrorOptions,
  LoopExitError,
  LoopStartError,
  NotSupportedError,
  SerializationError,
} from './errors.ts'
import { Future, type FutureSource, settle } from './future.ts'
import type { Envelope } from './protocol.ts'
import { decodeThrown } from './thrown.ts'
import { explainRefusal, findRefused, isPlainObject } from './values.ts'
import { addSource, removeSource, type Source } from './waiter.ts'

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
}

export interface ClientEvents {
  onReady(): void
  /** Runs before the pending calls are told. `death` is what a call that was not made would have failed with. */
  onExit(death: AmbisyncError, started: boolean, nobodyIsTold: boolean): void
  /** The last pending call has been settled. */
  onIdle(): void
}

/** A call under way. */
class PendingCall implements FutureSource {
  readonly label: string
  readonly future: Future<unknown> = new Future(this)
  readonly #client: Client
  readonly #id: number
  readonly site: CallSite
  held = false

  constructor(client: Client, id: number, label: string, site: CallSite) {
    this.#client = client
    this.#id = id
    this.label = label
    this.site = site
  }

  awaits(): Source {
    return this.#client
  }

  hold(): void {
    this.held = true
    this.#client.hold()
  }

  abandon(): void {
    this.#client.forget(this.#id)
  }
}

/** The caller's end of a channel, for one generation of a loop: sends calls, and settles them by what comes back. */
export class Client implements Source {
  readonly #channel: Channel
  readonly #loop: LoopIdentity
  readonly #events: ClientEvents
  readonly #pending = new Map<number, PendingCall>()
  readonly #loaded = new Set<number>()
  /** Envelopes that a full channel refused, in order. */
  readonly #waiting: Envelope[] = []
  readonly drive?: (remaining: number) => void
  #lastId = 0
  #holds = 0
  #started = false
  #ended = false

  constructor(channel: Channel, loop: LoopIdentity, events: ClientEvents) {
    this.#channel = channel
    this.#loop = loop
    this.#events = events
    if (channel.drive !== undefined) this.drive = (remaining) => channel.drive?.(remaining)
    channel.onReady(() => this.pump())
    addSource(this)
  }

  get pendingCalls(): number {
    return this.#pending.size
  }

  /** Makes a module known to the loop, which begins to import it. */
  load(module: ModuleRef): void {
    if (this.#loaded.has(module.id)) return
    this.#loaded.add(module.id)
    this.#send({ kind: 'load', module: module.id, specifier: module.specifier, cwd: module.cwd })
  }

  /** Starts a call. What cannot be sent rejects its future; nothing is thrown here. */
  call(module: ModuleRef, name: string, args: readonly unknown[], site: CallSite): Future<unknown> {
    this.load(module)
    const id = ++this.#lastId
    const call = new PendingCall(this, id, name, site)
    this.#pending.set(id, call)
    this.#send({ kind: 'call', id, module: module.id, name, args })
    return call.future
  }

  stop(): void {
    this.#send({ kind: 'stop' })
  }

  kill(): void {
    this.#channel.kill()
  }

  /** Counts what keeps the process alive. */
  hold(): void {
    if (++this.#holds === 1) this.#channel.ref()
  }

  release(): void {
    if (--this.#holds === 0) this.#channel.unref()
  }

  /** The caller no longer wants the outcome of this call. */
  forget(id: number): void {
    this.#take(id)
  }

  /** Settles every pending call with `reason`. */
  rejectAll(reason: (label: string) => AmbisyncError): void {
    dispatch(() => {
      for (const [id, call] of this.#pending) {
        this.#take(id)
        this.#fail(call, reason(call.label))
      }
    })
  }

  pump(): void {
    dispatch(() => {
      while (!this.#ended) {
        const received = this.#channel.poll()
        if (received === undefined) break
        this.#receive(received)
      }
      this.#sendWaiting()
    })
  }

  #receive(received: Envelope | Exit): void {
    switch (received.kind) {
      case 'return': {
        const call = this.#take(received.id)
        if (call !== undefined) settle(call.future, { state: 'fulfilled', value: received.value })
        break
      }
      case 'throw': {
        const call = this.#take(received.id)
        if (call === undefined) break
        const reason = decodeThrown(received.thrown)
        appendFrames(reason, call.site)
        settle(call.future, { state: 'rejected', reason })
        break
      }
      case 'ready':
        this.#started = true
        this.#events.onReady()
        break
      case 'exit':
        this.#end(received)
        break
    }
  }

  /** A reply whose call is not there any more was cancelled or has expired; it is dropped here. */
  #take(id: number): PendingCall | undefined {
    const call = this.#pending.get(id)
    if (call === undefined) return undefined
    this.#pending.delete(id)
    if (call.held) this.release()
    if (this.#pending.size === 0) this.#events.onIdle()
    return call
  }

  #end(exit: Exit): void {
    this.#ended = true
    removeSource(this)
    this.#waiting.length = 0
    const nobodyIsTold = this.#pending.size === 0
    this.#events.onExit(exitError(exit, this.#started, this.#loop), this.#started, nobodyIsTold)
    this.rejectAll((label) => exitError(exit, this.#started, this.#loop, label))
  }

  #send(envelope: Envelope): void {
    if (this.#waiting.length > 0 || !this.#post(envelope)) this.#waiting.push(envelope)
  }

  #sendWaiting(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#post(next)) continue
      this.#waiting.unshift(next)
      break
    }
  }

  /** False if the way is full. What cannot be cloned counts as sent: its call is settled here. */
  #post(envelope: Envelope): boolean {
    // Cancelled while it waited for the way to have room.
    if (envelope.kind === 'call' && !this.#pending.has(envelope.id)) return true
    try {
      return this.#channel.post(envelope)
    } catch (cause) {
      if (envelope.kind !== 'call') throw cause
      const call = this.#take(envelope.id)
      if (call !== undefined) this.#fail(call, argumentRefused(envelope, this.#loop, cause))
      return true
    }
  }

  #fail(call: PendingCall, error: AmbisyncError): void {
    settle(call.future, { state: 'rejected', reason: placeAt(error, call.site) })
  }
}

/** What a call, named `label`, fails with when its loop ends. */
function exitError(exit: Exit, started: boolean, loop: LoopIdentity, label?: string): AmbisyncError {
  const { code, signal, cause } = exit
  const how = signal !== undefined ? `by ${signal}` : code !== undefined ? `with code ${code}` : 'without an exit code'
  const options: LoopErrorOptions = { adapter: loop.adapter, exitCode: code, signal }
  const ended = `the loop "${loop.name}" (${loop.adapter}) ${started ? 'ended' : 'could not start, it ended'} ${how}`
  const then = label === undefined ? '' : started ? ` while ${label} was under way` : `, so ${label} was not run`
  const why =
    cause === undefined ? '' : `: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`
  const EndError = started ? LoopExitError : LoopStartError
  return new EndError(ended + then + why, 'cause' in exit ? { ...options, cause } : options)
}

function argumentRefused(
  { name, args }: Extract<Envelope, { kind: 'call' }>,
  loop: LoopIdentity,
  cause: unknown,
): AmbisyncError {
  const options: AmbisyncErrorOptions = { adapter: loop.adapter, cause }
  const refused = findRefused(args, 'args')
  const problem = `${name} was not called: ${explainRefusal(refused, 'args', cause)}`
  if (typeof refused?.value === 'function' && isCallbackPosition(args, refused.value)) {
    return new NotSupportedError(`${problem}, and the ${loop.adapter} adapter does not carry callbacks`, options)
  }
  return new SerializationError(`${problem}, which cannot be sent to a loop; pass plain data instead`, options)
}

/** Callbacks are functions in arguments: an argument itself, or a property of a plain object that is one. */
function isCallbackPosition(args: readonly unknown[], value: unknown): boolean {
  return args.some((arg) => arg === value || (isPlainObject(arg) && Object.values(arg).includes(value)))
}
