import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Channel, Envelope, Exit, OpenOptions, WakeWord } from '@ambisync/core/adapter'
import { createWakeWord, wakeUp } from '@ambisync/core/adapter'
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
  readonly #received: Envelope[] = []
  #ended = false

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
    return this.#worker.exit
  }

  isDead(): boolean {
    return this.#worker.dead
  }

  onReady(listener: () => void): void {
    this.#port.on('message', (envelope: Envelope) => {
      this.#received.push(envelope)
      listener()
    })
    this.#port.on('messageerror', () => this.kill())
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
    } catch {
      // It cannot be read: whose answer it was is not known, so that nobody is left waiting for it.
      this.kill()
      return undefined
    }
  }
}
