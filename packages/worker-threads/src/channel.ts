import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Channel, Envelope, Exit, OpenOptions, TransferList, WakeWord } from '@ambisync/core/adapter'
import { createWakeWord, onWake, Queue, SerializationError, wakeUp } from '@ambisync/core/adapter'
import { LoopWorker, listeningHidesMessages, type WorkerOptions } from '@ambisync/node'
import { type Message, toEnvelope } from '@ambisync/node/wire'
import { adapterName } from './adapter-name.ts'
import { postTo } from './post-to.ts'

/** The script of the worker, built as a file beside this one. */
const entry: URL = new URL('./worker.js', import.meta.url)

/** What the worker's script is given. */
export interface WorkerStart {
  readonly port: MessagePort
  /** The wake word of the worker's thread. Its counter is written here, after each message. */
  readonly wake: WakeWord
}

/**
 * The caller's end: a port that is read in two ways, by the event loop as messages arrive and by `poll` while the
 * thread is blocked. A message goes to one of them, and their order is the port's.
 */
export class WorkerThreadChannel implements Channel {
  readonly #worker: LoopWorker
  readonly #port: MessagePort
  readonly peer: WakeWord = createWakeWord()
  readonly #wake: WakeWord
  /** Taken from the port by the event loop and not yet by `poll`. */
  readonly #received = new Queue<Envelope>()
  #stopListening: () => void = () => {}
  #ended = false
  /** Why an answer could not be read. Whose it was is not known then, so the generation is over. */
  #unreadable: unknown

  constructor(options: WorkerOptions, open: OpenOptions) {
    const { port1, port2 } = new MessageChannel()
    const start: WorkerStart = { port: port2, wake: this.peer }
    this.#port = port1
    this.#wake = open.wake
    this.#worker = new LoopWorker({ entry, worker: options, open, start, transfer: [port2] })
  }

  post(envelope: Envelope, transfer?: TransferList): boolean {
    postTo(this.#port, envelope, transfer)
    // After the message: a task that blocks its thread looks at the port when the word has changed.
    wakeUp(this.peer)
    return true
  }

  isDead(): boolean {
    return this.#worker.dead
  }

  poll(): Envelope | Exit | undefined {
    // Before the queue: what a worker sent before it died is in the queue by the time that it is seen to be dead.
    const dead = this.#worker.dead
    const envelope = this.#received.shift() ?? this.#receive()
    if (envelope !== undefined) return envelope
    if (!dead || this.#ended) return undefined
    this.#ended = true
    this.#stopListening()
    this.#port.close()
    const exit = this.#worker.exit
    return this.#unreadable === undefined ? exit : { ...exit, cause: this.#unreadable }
  }

  onReady(listener: () => void): void {
    if (listeningHidesMessages) {
      this.#stopListening = onWake(this.#wake, listener)
    } else {
      this.#port.on('message', (message: Message) => {
        this.#received.push(toEnvelope(message))
        listener()
      })
      this.#port.on('messageerror', (error) => this.#giveUp(error))
      // Listening refs a port.
      this.#port.unref()
    }
    this.#worker.onDeath(listener)
  }

  ref(): void {
    this.#worker.ref()
  }

  unref(): void {
    this.#worker.unref()
  }

  kill(): void {
    this.#worker.kill()
  }

  #receive(): Envelope | undefined {
    try {
      const received = receiveMessageOnPort(this.#port)
      return received === undefined ? undefined : toEnvelope(received.message)
    } catch (error) {
      this.#giveUp(error)
      return undefined
    }
  }

  #giveUp(cause: unknown): void {
    const message = "an answer could not be read, as a rule because it is nested too deeply for this thread's stack"
    this.#unreadable ??= new SerializationError(message, { adapter: adapterName, cause })
    this.#worker.kill()
  }
}
