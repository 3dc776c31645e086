import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Cancel, Channel, Envelope, Exit, OpenOptions } from '@ambisync/core/adapter'
import { decodeThrown, onWake, Queue, SerializationError } from '@ambisync/core/adapter'
import { beforeExit } from './before-exit.ts'
import { LoopWorker } from './loop-worker.ts'
import { createFlowWords, hold, isFull, waitUntilOut, weightOf } from './relay-flow.ts'
import { KILL, type Question, type RelayedExit, type RelayStart, ROOM } from './relay-start.ts'
import { listeningHidesMessages } from './runtime-limits.ts'
import type { WorkerOptions } from './worker-options.ts'

/** The script of the thread, built as a file beside this one. */
const entry: URL = new URL('./relay-thread.js', import.meta.url)

/** What the caller lets be held up on the relay's thread by default, in bytes. */
const defaultHighWaterMark = 16 * 1_024 * 1_024

/** How long a relay has for ending its loop before its thread is ended, in milliseconds. */
const killLimit = 1_000

/** How long the caller waits for what `RelayEnd.explain` gives, in milliseconds. */
const answerLimit = 1_000

export interface RelayOptions {
  readonly open: OpenOptions
  /** Name of the adapter, for errors. */
  readonly adapter: string
  /** What the module's `connect` is called with, by structured clone. */
  readonly start?: unknown
  /** How envelopes are carried. By default they cross to the thread as they are, by structured clone. */
  readonly codec?: RelayCodec
  /**
   * How much may be held up on the relay's thread before `post` says that the way is full, in bytes; 16 MiB by default.
   * A message counts for 1 KiB and, where it is bytes, for those. One that is larger than all of it is taken when there
   * is room at all.
   */
  readonly highWaterMark?: number
  /**
   * How long the end of the process may be put off until what was sent is out, in milliseconds: for a loop that outlives its
   * caller. 0 by default.
   */
  readonly flushTime?: number
  /** Options of the thread. By default it has no environment, and none of the process's own Node options. */
  readonly worker?: WorkerOptions
}

/** Carries envelopes as bytes, or, where that is enough, as text. */
export interface RelayCodec {
  /** Bytes have memory of their own: it is moved. @throws {Error} a `DataCloneError` (by its `name`) for what cannot cross */
  encode(envelope: Envelope): string | Uint8Array<ArrayBuffer>
  decode(message: string | Uint8Array): Envelope
}

/**
 * Makes a channel that can be waited for of an asynchronous way to a loop, which lives on a thread of its own: a socket,
 * a child process, a queue on another machine.
 *
 * Returns at once. The thread imports `module`, which exports `connect`, a {@link Connect}: it gets `start` and returns
 * the {@link RelayEnd}. That thread is never blocked, so whatever the caller waits for, what the end says is heard. If
 * the thread itself ends, whatever of, the loop counts as ended.
 * @param module URL of a module in plain JavaScript
 * @example open: (open) => relay(new URL('./connect.js', import.meta.url), { open, adapter: 'mine', start: { port: 6379 } })
 */
export function relay(module: URL, options: RelayOptions): Channel {
  return new RelayChannel(module, options)
}

class RelayChannel implements Channel {
  readonly #adapter: string
  readonly #open: OpenOptions
  readonly #codec: RelayCodec | undefined
  readonly #thread: LoopWorker
  readonly #data: MessagePort
  readonly #control: MessagePort
  readonly #ended = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #flow = createFlowWords()
  readonly #limit: number
  /** Taken from the port by the event loop and not yet by `poll`. */
  readonly #received = new Queue<Envelope>()
  #stopListening: () => void = () => {}
  #forgetFlush: () => void = () => {}
  #exit: RelayedExit | undefined
  #over = false
  #cancelKill: Cancel | undefined
  /** Why an answer could not be read. Whose it was is not known then, so the generation is over. */
  #unreadable: unknown

  constructor(
    module: URL,
    { open, adapter, start, codec, highWaterMark = defaultHighWaterMark, flushTime = 0, worker }: RelayOptions,
  ) {
    this.#adapter = adapter
    this.#open = open
    this.#codec = codec
    this.#limit = Math.max(1, Math.floor(highWaterMark / 1_024))
    if (flushTime > 0) {
      const flush = (): void => waitUntilOut(this.#flow, flushTime, () => this.isDead())
      this.#forgetFlush = beforeExit(flush)
    }
    const data = new MessageChannel()
    const control = new MessageChannel()
    this.#data = data.port1
    this.#control = control.port1
    const relayStart: RelayStart = {
      module: module.href,
      start,
      data: data.port2,
      control: control.port2,
      ended: this.#ended,
      flow: this.#flow,
      limit: this.#limit,
    }
    this.#thread = new LoopWorker({
      entry,
      worker: { name: `ambisync-relay: ${open.name}`, ...ownEnvironment(), ...worker },
      // What tasks print is the loop's to relay, not this thread's.
      open: { ...open, output: 'inherit' },
      start: relayStart,
      transfer: [data.port2, control.port2],
    })
  }

  post(envelope: Envelope): boolean {
    if (isFull(this.#flow, this.#limit)) return false
    const message = this.#codec === undefined ? envelope : this.#codec.encode(envelope)
    const weight = weightOf(message)
    // Before the message, or the thread might subtract first.
    hold(this.#flow, weight)
    try {
      if (message instanceof Uint8Array) this.#data.postMessage(message, [message.buffer])
      else this.#data.postMessage(message)
    } catch (refusal) {
      hold(this.#flow, -weight)
      throw refusal
    }
    return true
  }

  isDead(): boolean {
    return Atomics.load(this.#ended, 0) === 1 || this.#thread.dead
  }

  poll(): Envelope | Exit | undefined {
    // Before the queue: what a loop sent before it ended is in the queue by the time that it is seen to have ended.
    const dead = this.isDead()
    const envelope = this.#received.shift() ?? this.#receive()
    if (envelope !== undefined) return envelope
    if (!dead || this.#over) return undefined
    this.#over = true
    return this.#finish()
  }

  onReady(listener: () => void): void {
    if (listeningHidesMessages) {
      this.#stopListening = onWake(this.#open.wake, () => {
        this.#receiveControl()
        listener()
      })
    } else {
      this.#data.on('message', (message: unknown) => {
        const envelope = this.#read(message)
        if (envelope !== undefined) this.#received.push(envelope)
        listener()
      })
      this.#data.on('messageerror', (error) => this.#giveUp(error))
      this.#control.on('message', (message: typeof ROOM | RelayedExit) => {
        if (message !== ROOM) this.#exit = message
        listener()
      })
      // Listening refs a port.
      this.#data.unref()
      this.#control.unref()
    }
    this.#thread.onDeath(listener)
  }

  explain(): readonly string[] {
    if (this.isDead()) return []
    const { port1, port2 } = new MessageChannel()
    const question: Question = { answer: port2, answered: new Int32Array(new SharedArrayBuffer(4)) }
    this.#control.postMessage(question, [port2])
    Atomics.wait(question.answered, 0, 0, answerLimit)
    const received = receiveMessageOnPort(port1)
    port1.close()
    return received?.message ?? [`it did not say how it is within ${answerLimit} ms`]
  }

  ref(): void {
    this.#thread.ref()
  }

  unref(): void {
    this.#thread.unref()
  }

  kill(): void {
    this.#control.postMessage(KILL)
    this.#cancelKill ??= this.#open.setTimer(killLimit, () => this.#thread.kill())
  }

  #receive(): Envelope | undefined {
    try {
      const received = receiveMessageOnPort(this.#data)
      return received && this.#read(received.message)
    } catch (error) {
      this.#giveUp(error)
      return undefined
    }
  }

  #read(message: unknown): Envelope | undefined {
    if (this.#codec === undefined) return message as Envelope
    try {
      return this.#codec.decode(message as string | Uint8Array)
    } catch (error) {
      this.#giveUp(error)
      return undefined
    }
  }

  #giveUp(cause: unknown): void {
    const message = "an answer could not be read, as a rule because it is nested too deeply for this thread's stack"
    this.#unreadable ??= new SerializationError(message, { adapter: this.#adapter, cause })
    this.kill()
  }

  #receiveControl(): void {
    for (let next = receiveMessageOnPort(this.#control); next !== undefined; next = receiveMessageOnPort(this.#control))
      if (next.message !== ROOM) this.#exit = next.message as RelayedExit
  }

  #finish(): Exit {
    this.#receiveControl()
    this.#stopListening()
    this.#forgetFlush()
    this.#cancelKill?.()
    this.#data.close()
    this.#control.close()
    // To be asked in any case: it lets go of what it has.
    const ofThread = this.#thread.exit
    if (this.#exit === undefined) return this.#endOfThread(ofThread)
    const { code, signal, thrown } = this.#exit
    const exit: Exit = {
      kind: 'exit',
      ...(code !== undefined && { code }),
      ...(signal !== undefined && { signal }),
      ...(thrown !== undefined && { cause: decodeThrown(thrown) }),
    }
    return this.#unreadable === undefined ? exit : { ...exit, cause: this.#unreadable }
  }

  /** Without a word about the loop. */
  #endOfThread({ cause }: Exit): Exit {
    if (this.#unreadable !== undefined) return { kind: 'exit', cause: this.#unreadable }
    const why = cause instanceof Error ? `: ${cause.message}` : ''
    return { kind: 'exit', cause: new Error(`the relay's thread has ended, and the loop with it${why}`, { cause }) }
  }
}

/**
 * Nothing of the program's is preloaded in a relay's thread. Yarn's Plug'n'Play has to be: without it, the thread's module
 * finds no package.
 */
function ownEnvironment(): Pick<WorkerOptions, 'env' | 'execArgv'> {
  return process.versions.pnp === undefined ? { env: {}, execArgv: [] } : {}
}
