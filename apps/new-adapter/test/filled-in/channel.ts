import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Channel, Envelope, Exit, OpenOptions, WakeWord } from '@ambisync/core/adapter'
import { createWakeWord, Queue, SerializationError, wakeUp } from '@ambisync/core/adapter'
import { LoopWorker, type WorkerOptions } from '@ambisync/node'

const entry: URL = new URL('./worker.js', import.meta.url)

export interface WorkerStart {
  readonly port: MessagePort
  readonly wake: WakeWord
}

export class MyAdapterChannel implements Channel {
  readonly peer: WakeWord = createWakeWord()
  readonly #worker: LoopWorker
  readonly #port: MessagePort
  readonly #received = new Queue<Envelope>()
  #ended = false
  #unreadable: unknown

  constructor(options: WorkerOptions, open: OpenOptions) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const start: WorkerStart = { port: port2, wake: this.peer }
    this.#worker = new LoopWorker({ entry, worker: options, open, start, transfer: [port2] })
  }

  post(envelope: Envelope): boolean {
    this.#port.postMessage(envelope)
    wakeUp(this.peer)
    return true
  }

  poll(): Envelope | Exit | undefined {
    const dead = this.#worker.dead
    const envelope = this.#received.shift() ?? this.#receive()
    if (envelope !== undefined) return envelope
    if (!dead || this.#ended) return undefined
    this.#ended = true
    this.#port.close()
    const exit = this.#worker.exit
    return this.#unreadable === undefined ? exit : { ...exit, cause: this.#unreadable }
  }

  isDead(): boolean {
    return this.#worker.dead
  }

  onReady(listener: () => void): void {
    this.#port.on('message', (envelope: Envelope) => {
      this.#received.push(envelope)
      listener()
    })
    this.#port.on('messageerror', (cause) => this.#giveUp(cause))
    this.#port.unref()
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
      return receiveMessageOnPort(this.#port)?.message
    } catch (cause) {
      this.#giveUp(cause)
      return undefined
    }
  }

  #giveUp(cause: unknown): void {
    const message = 'an answer could not be read: nested too deeply?'
    this.#unreadable ??= new SerializationError(message, { adapter: 'my-adapter', cause })
    this.kill()
  }
}
