import { AsyncResource } from 'node:async_hooks'
import {
  type Channel,
  type Envelope,
  type Exit,
  type OpenOptions,
  Queue,
  type ServedLoop,
  serve,
} from '@ambisync/core/adapter'
import { nodeHost } from '@ambisync/node/host'
import { adapterName } from './adapter-name.ts'
import { longestDelay } from './alarm.ts'
import type { EventLoop } from './event-loop.ts'

/** What a wait in a promise job is told. */
const inPromiseJob =
  'this is a promise job (the top level of an ES module, or what comes after an await or in a .then), in which the event ' +
  'loop cannot be turned; await it (.async), or block from CommonJS or from a macrotask, such as that of setTimeout'

/** What one in an immediate is told. */
const inLaterImmediate =
  'this is a setImmediate callback that comes after another one in the same turn of the event loop, in which Node.js ' +
  'cannot turn it again; await it (.async), or block from another macrotask, such as that of setTimeout'

/** Taken before test frameworks can put fake ones in their place. */
const { setInterval, clearInterval } = globalThis

/** Nobody need hear of the end of one: without it, each would be given to the garbage collector to watch. */
const byHand = { requireManualDestroy: true }

type WorkEnvelope = Extract<Envelope, { readonly kind: 'call' | 'pull' | 'resume' }>

/** An envelope that has code of the user's run, and the asynchronous context in which it was sent. */
interface Work {
  readonly envelope: WorkEnvelope
  readonly context: AsyncResource
}

/**
 * Both ends of one generation of a loop: queues in memory, in one thread.
 *
 * Whatever comes from the loop is told by the wake word, as with any other, and to the event loop, if that is not being
 * turned: who turns it looks at the word. The word is not notified, because only this thread sleeps on it. What goes to
 * the loop is taken in at any time, except for work, which begins on the event loop, never on top of what happens to be
 * on the stack: by an immediate, or by who turns the loop.
 */
export class DeasyncChannel implements Channel {
  readonly turnsLoop = true
  readonly #eventLoop: EventLoop
  readonly #wake: OpenOptions['wake']
  readonly #host: ServedLoop
  readonly #fromLoop = new Queue<Envelope | Exit>()
  readonly #toLoop = new Queue<Envelope>()
  readonly #work = new Queue<Work>()
  /** Handed over to the loop, which has yet to poll it. */
  #beginning: Envelope | undefined
  #tellCaller: () => void = () => {}
  #tellLoop: () => void = () => {}
  #isDue = false
  readonly #tell = (): void => {
    this.#isDue = false
    this.#begin()
    if (this.#fromLoop.size > 0) this.#tellCaller()
  }
  #ended = false
  #held: NodeJS.Timeout | undefined

  constructor(eventLoop: EventLoop, { wake }: OpenOptions) {
    this.#eventLoop = eventLoop
    this.#wake = wake
    this.#host = serve({
      ...nodeHost,
      adapter: adapterName,
      wake,
      closures: true,
      turnsLoop: true,
      post: (envelope) => this.#send(envelope),
      poll: () => this.#pollByLoop(),
      onReady: (listener) => {
        this.#tellLoop = listener
      },
      // The process is the caller's: it neither ends with the loop, nor is there anything that it has still to send.
      exit: () => this.#end({ kind: 'exit', code: 0 }),
      onExit: () => {},
      runSoon: (task) => eventLoop.runSoon(task),
      drive: (remaining, isDone) => this.drive(remaining, isDone),
      obstacle: () => this.obstacle(),
    })
  }

  post(envelope: Envelope): boolean {
    if (this.#ended) return true
    if (isWork(envelope)) {
      // Nobody who looks would take it in, so there is no need to say that it is there.
      this.#work.push({ envelope, context: new AsyncResource('AMBISYNC', byHand) })
    } else {
      if (envelope.kind === 'cancel') this.#withdraw(envelope.id)
      this.#toLoop.push(envelope)
      this.#changed()
    }
    this.#tellSoon()
    return true
  }

  poll(): Envelope | Exit | undefined {
    return this.#fromLoop.shift()
  }

  isDead(): boolean {
    return this.#ended
  }

  drive(remaining: number, isDone: () => boolean): void {
    const seen = Atomics.load(this.#wake, 0)
    this.#eventLoop.turnUntil(() => Atomics.load(this.#wake, 0) !== seen || isDone(), remaining)
  }

  obstacle(): string | undefined {
    if (this.#eventLoop.isInLaterImmediate()) return inLaterImmediate
    return this.#eventLoop.isInPromiseJob() ? inPromiseJob : undefined
  }

  onReady(listener: () => void): void {
    this.#tellCaller = listener
  }

  ref(): void {
    this.#held ??= setInterval(() => {}, longestDelay)
  }

  unref(): void {
    clearInterval(this.#held)
    this.#held = undefined
  }

  /** Code that never yields cannot be ended: this thread is busy with it. What waits is told, and dropped. */
  kill(): void {
    if (this.#ended) return
    this.#host.abandon()
    this.#end({ kind: 'exit' })
  }

  /** From the loop to the caller. */
  #send(envelope: Envelope): void {
    if (this.#ended) return
    this.#fromLoop.push(envelope)
    this.#changed()
    if (!this.#eventLoop.isTurning) this.#tellSoon()
  }

  #pollByLoop(): Envelope | undefined {
    const next = this.#toLoop.shift()
    if (next !== undefined) return next
    const begun = this.#beginning
    this.#beginning = undefined
    return begun
  }

  /** What has not begun never will. */
  #withdraw(id: number): void {
    this.#work.removeIf(({ envelope }) => envelope.id === id)
  }

  /** Has the loop take in what has been sent so far, and do what there is to do. */
  #begin(): void {
    if (this.#toLoop.size > 0) this.#tellLoop()
    // What is sent by that comes later: the event loop has its turn before it.
    for (let left = this.#work.size; left > 0; left--) {
      const next = this.#work.shift()
      if (next === undefined) return
      this.#beginning = next.envelope
      next.context.runInAsyncScope(this.#tellLoop)
    }
  }

  /** After something has been put into a queue. Partner: the waiter of this very thread, which reads it before it looks. */
  #changed(): void {
    Atomics.add(this.#wake, 0, 1)
  }

  #tellSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    this.#eventLoop.runSoon(this.#tell)
  }

  #end(exit: Exit): void {
    if (this.#ended) return
    this.#ended = true
    this.#toLoop.clear()
    this.#work.clear()
    this.#fromLoop.push(exit)
    this.#changed()
    this.#tellSoon()
    this.unref()
  }
}

function isWork(envelope: Envelope): envelope is WorkEnvelope {
  return envelope.kind === 'call' || envelope.kind === 'pull' || envelope.kind === 'resume'
}
