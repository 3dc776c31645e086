import {
  type Channel,
  createWakeWord,
  decodeThrown,
  type Envelope,
  type Exit,
  type OpenOptions,
  onWake,
  SerializationError,
  type WakeWord,
  wakeUp,
} from '@ambisync/core/adapter'
import { adapterName } from './adapter-name.ts'
import { answerUnreadable, FrameReader, FrameWriter, UnreadableFrame } from './frames.ts'
import { lastWordsId } from './last-words.ts'
import type { LoopThread, Rings, StartedThread } from './loop-thread.ts'
import { createRingMemory } from './ring.ts'
import { RingReader } from './ring-reader.ts'
import { RingWriter } from './ring-writer.ts'

/** The caller's end: two rings in shared memory. */
export class AtomicsChannel implements Channel {
  readonly peer: WakeWord = createWakeWord()
  readonly #thread: LoopThread
  readonly #calls: RingWriter
  readonly #answers: RingReader
  readonly #writer: FrameWriter
  readonly #reader: FrameReader
  readonly #wake: WakeWord
  readonly #release: (() => void) | undefined
  #stopListening: () => void = () => {}
  #ended = false
  /** What it died of, by its own words; or why an answer could not be read whose call is not known, which ends it. */
  #cause: { readonly cause: unknown } | undefined

  /** @param start starts the loop's thread. What it throws is thrown */
  constructor(ringSize: number, open: OpenOptions, start: (rings: Rings) => StartedThread) {
    const calls = createRingMemory(ringSize)
    const answers = createRingMemory(ringSize)
    const tellLoop = (): void => wakeUp(this.peer)
    this.#wake = open.wake
    this.#calls = new RingWriter(calls, tellLoop)
    const { thread, clone, release } = start({ calls, answers, wake: this.peer })
    this.#thread = thread
    this.#release = release
    this.#writer = new FrameWriter(this.#calls, clone)
    this.#answers = new RingReader(answers, tellLoop)
    this.#reader = new FrameReader(this.#answers, clone)
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
    return this.#thread.dead
  }

  poll(): Envelope | Exit | undefined {
    // Before the ring: what a worker wrote before it died is there by the time that it is seen to be dead.
    const dead = this.#thread.dead
    if (this.#calls.isFull) this.#calls.flush()
    const envelope = this.#read()
    if (envelope !== undefined) return envelope
    if (!dead || this.#ended) return undefined
    this.#ended = true
    this.#stopListening()
    this.#release?.()
    return { ...this.#thread.exit, ...this.#cause }
  }

  isBehind(): boolean {
    return !this.isDead() && this.#answers.isBehind
  }

  onReady(listener: () => void): void {
    this.#stopListening = onWake(this.#wake, listener)
    this.#thread.onDeath(listener)
  }

  ref(): void {
    this.#thread.ref()
  }

  unref(): void {
    this.#thread.unref()
  }

  kill(): void {
    this.#thread.kill()
  }

  #read(): Envelope | undefined {
    try {
      const envelope = this.#reader.read()
      if (envelope?.kind !== 'throw' || envelope.id !== lastWordsId) return envelope
      this.#cause ??= { cause: decodeThrown(envelope.thrown) }
      return undefined
    } catch (error) {
      if (!(error instanceof UnreadableFrame)) throw error
      if (error.id !== 0) return answerUnreadable(error, 'the answer')
      const message = 'what the loop has sent could not be read'
      this.#cause ??= { cause: new SerializationError(message, { adapter: adapterName, cause: error.cause }) }
      this.#thread.kill()
      return undefined
    }
  }
}
