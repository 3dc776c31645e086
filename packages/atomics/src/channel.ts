import { MessageChannel, type MessagePort } from 'node:worker_threads'
import {
  type Channel,
  createWakeWord,
  type Envelope,
  type Exit,
  type OpenOptions,
  SerializationError,
  type WakeWord,
  wakeUp,
} from '@ambisync/core/adapter'
import { LoopWorker, type WorkerOptions } from '@ambisync/node'
import { adapterName } from './adapter-name.ts'
import { onWake } from './event-loop.ts'
import { answerUnreadable, FrameReader, FrameWriter, UnreadableFrame } from './frames.ts'
import { NodeClone } from './node-clone.ts'
import { createRingMemory } from './ring.ts'
import { RingReader } from './ring-reader.ts'
import { RingWriter } from './ring-writer.ts'

/** The script of the worker, built as a file beside this one. */
const entry: URL = new URL('./worker.js', import.meta.url)

/** What the worker's script is given. */
export interface AtomicsStart {
  /** The ring that the caller writes to, and the one that the loop writes to. */
  readonly calls: SharedArrayBuffer
  readonly answers: SharedArrayBuffer
  readonly wake: WakeWord
  /** For what only the platform can carry: see `node-clone.ts`. */
  readonly shared: MessagePort
}

/** The caller's end: two rings in shared memory. */
export class AtomicsChannel implements Channel {
  readonly peer: WakeWord = createWakeWord()
  readonly #worker: LoopWorker
  readonly #calls: RingWriter
  readonly #answers: RingReader
  readonly #writer: FrameWriter
  readonly #reader: FrameReader
  readonly #wake: WakeWord
  readonly #shared: MessagePort
  #stopListening: () => void = () => {}
  #ended = false
  /** Why an answer could not be read where it is not known whose it was: the generation is over. */
  #unreadable: unknown

  constructor(options: WorkerOptions, ringSize: number, open: OpenOptions) {
    const calls = createRingMemory(ringSize)
    const answers = createRingMemory(ringSize)
    const tellLoop = (): void => wakeUp(this.peer)
    this.#wake = open.wake
    this.#calls = new RingWriter(calls, tellLoop)
    const { port1, port2 } = new MessageChannel()
    this.#shared = port1
    const clone = new NodeClone(port1)
    this.#writer = new FrameWriter(this.#calls, clone)
    this.#answers = new RingReader(answers, tellLoop)
    this.#reader = new FrameReader(this.#answers, clone)
    const start: AtomicsStart = { calls, answers, wake: this.peer, shared: port2 }
    this.#worker = new LoopWorker({ entry, worker: options, open, start, transfer: [port2] })
  }

  post(envelope: Envelope): boolean {
    if (this.#calls.isFull) {
      this.#calls.flush()
      if (this.#calls.isFull) return false
    }
    this.#writer.write(envelope)
    return true
  }

  isDead(): boolean {
    return this.#worker.dead
  }

  poll(): Envelope | Exit | undefined {
    // Before the ring: what a worker wrote before it died is there by the time that it is seen to be dead.
    const dead = this.#worker.dead
    if (this.#calls.isFull) this.#calls.flush()
    const envelope = this.#read()
    if (envelope !== undefined) return envelope
    if (!dead || this.#ended) return undefined
    this.#ended = true
    this.#stopListening()
    this.#shared.close()
    const exit = this.#worker.exit
    return this.#unreadable === undefined ? exit : { ...exit, cause: this.#unreadable }
  }

  isBehind(): boolean {
    return !this.isDead() && this.#answers.isBehind
  }

  onReady(listener: () => void): void {
    this.#stopListening = onWake(this.#wake, listener)
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

  #read(): Envelope | undefined {
    try {
      return this.#reader.read()
    } catch (error) {
      if (!(error instanceof UnreadableFrame)) throw error
      if (error.id !== 0) return answerUnreadable(error, 'the answer')
      const message = 'what the loop has sent could not be read'
      this.#unreadable ??= new SerializationError(message, { adapter: adapterName, cause: error.cause })
      this.#worker.kill()
      return undefined
    }
  }
}
