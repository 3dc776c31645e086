import { readSync, writeSync } from 'node:fs'
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net'
import { type Envelope, Queue } from '@ambisync/core/adapter'
import { decodeEnvelope, encodeEnvelope } from './codec.ts'
import { INBOUND, OUTBOUND } from './descriptors.ts'
import { ASLEEP, FrameReader, frameOf, MESSAGE, TEXT, textFrame, textIn } from './frames.ts'

/** How much is read at a time, in bytes. */
const pieceLength = 64 * 1_024

/**
 * The process's end of its descriptors.
 *
 * What arrives is read by the event loop; or by `poll`, when a task keeps the main thread from that. It writes at once and
 * blocks until it is written: what was sent has been sent then, even if the process dies of the very next thing.
 */
export class CallerLink {
  readonly #piece = new Uint8Array(pieceLength)
  readonly #frames: FrameReader
  readonly #received = new Queue<Envelope>()
  /** The event loop has just read all there was. */
  #justRead = false
  readonly #gone: () => void

  /**
   * @param unreadable runs when a message cannot be read: whose it was is not known then
   * @param gone runs when the caller's process is gone. It does not return.
   */
  constructor(unreadable: (error: unknown) => void, gone: () => void) {
    this.#gone = gone
    this.#frames = new FrameReader((kind, body) => {
      if (kind !== MESSAGE && kind !== TEXT) return
      try {
        this.#received.push(decodeEnvelope(kind === TEXT ? textIn(body) : body))
      } catch (error) {
        unreadable(error)
      }
    })
  }

  /** The body of the first frame. Blocks until it is there, which it is as a rule. */
  readStart(): string {
    let start: string | undefined
    const frames = new FrameReader((_kind, body) => {
      start = new TextDecoder().decode(body)
    })
    // Byte by byte would do, but for the time it takes: exactly as many as the frame has.
    const head = this.#readExactly(8)
    const body = this.#readExactly(new DataView(head.buffer).getUint32(0, true))
    frames.push(head)
    frames.push(body)
    this.#frames.received = frames.received
    return start ?? ''
  }

  onReady(listener: () => void): void {
    const onread: OnReadOpts = {
      buffer: this.#piece,
      callback: (length) => {
        this.#frames.push(this.#piece.subarray(0, length))
        this.#justRead = true
        listener()
        return true
      },
    }
    // Node takes it here as well as when a socket is connected, which its types do not say.
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = { fd: INBOUND, writable: false, onread }
    const socket = new Socket({ readable: true, ...options })
    socket.on('error', () => {})
    socket.on('close', this.#gone)
  }

  poll(): Envelope | undefined {
    const next = this.#received.shift()
    if (next !== undefined) return next
    if (this.#justRead) {
      this.#justRead = false
      return undefined
    }
    this.#readByItself()
    return this.#received.shift()
  }

  post(envelope: Envelope): void {
    const encoded = encodeEnvelope(envelope)
    this.write(typeof encoded === 'string' ? textFrame(encoded) : encoded)
  }

  /**
   * The main thread is about to sleep. It has read all up to some byte; the relay is told of which, and wakes it, by the
   * other thread, once it has sent more than that. If that is the case already, it does so at once.
   */
  fallAsleep(): void {
    // The event loop does not turn any more.
    this.#justRead = false
    const { received } = this.#frames
    this.write(frameOf(ASLEEP, new Uint8Array(Float64Array.of(received).buffer)))
  }

  write(frame: Uint8Array): void {
    try {
      for (let written = 0; written < frame.byteLength; ) written += writeSync(OUTBOUND, frame, written)
    } catch (error) {
      // EPIPE: nobody is there to read it. Whatever else it is, nobody can be told.
      void error
      this.#gone()
    }
  }

  /** Without blocking: the event loop has had the descriptor made so. */
  #readByItself(): void {
    for (let length = pieceLength; length === pieceLength; ) {
      try {
        length = readSync(INBOUND, this.#piece, 0, pieceLength, null)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return
        length = 0
      }
      if (length === 0) this.#gone()
      this.#frames.push(this.#piece.subarray(0, length))
    }
  }

  #readExactly(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length)
    for (let read = 0; read < length; ) {
      const count = readSync(INBOUND, bytes, read, length - read, null)
      if (count === 0) this.#gone()
      read += count
    }
    return bytes
  }
}
