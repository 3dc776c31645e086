import { type Envelope, postThrown, SerializationError, type Throw } from '@ambisync/core/adapter'
import { adapterName } from './adapter-name.ts'
import type { StructuredCloneCodec } from './clone.ts'
import { HeadReader } from './head-reader.ts'
import { HeadWriter } from './head-writer.ts'
import type { RingReader } from './ring-reader.ts'
import type { RingWriter } from './ring-writer.ts'
import { readValue, UnreadableValue, writeValue } from './values.ts'

/*
 * Envelopes as frames. Plain calls and what they return have a form of their own; everything else is carried whole, by
 * structured clone, which keeps the identities that its parts refer to one another by.
 */

const CLONED = 0
const CALL = 1
const RETURN = 2

/** The longest head or body: lengths and positions are 32-bit integers. In bytes. */
const mostBytes = 2 ** 31 - 1_024

/** What stands for the number of arguments where they are a tree, and written as one value. */
const asOne = 255

export class FrameWriter {
  readonly #ring: RingWriter
  readonly #clone: StructuredCloneCodec
  readonly #head = new HeadWriter()
  #isWriting = false

  constructor(ring: RingWriter, clone: StructuredCloneCodec) {
    this.#ring = ring
    this.#clone = clone
  }

  /** Sends an envelope, or as much of it as there is room for. @throws what the codec does; nothing was sent then */
  write(envelope: Envelope): void {
    if (this.#isWriting) {
      // A getter in what is being written makes a call. That goes first, by a head of its own, and tells no names.
      this.#send(this.#cloned(envelope, new HeadWriter()))
      return
    }
    this.#isWriting = true
    try {
      this.#send(this.#plain(envelope) ?? this.#cloned(envelope, this.#head))
    } finally {
      this.#isWriting = false
    }
  }

  #send(head: HeadWriter): void {
    if (head.length > mostBytes || (head.body?.length ?? 0) > mostBytes) {
      head.abandon()
      throw new DOMException('it takes more than the 2 GB that a message can have', 'DataCloneError')
    }
    this.#ring.write(head.words, head.length, head.body)
    head.body = undefined
  }

  #cloned(envelope: Envelope, head: HeadWriter): HeadWriter {
    const body = this.#clone.encode(envelope)
    head.begin()
    head.writeByte(CLONED)
    head.writeInt32('id' in envelope ? envelope.id : 0)
    head.body = body
    return head
  }

  /** Undefined for what has no form of its own. */
  #plain(envelope: Envelope): HeadWriter | undefined {
    const head = this.#head
    head.begin()
    let isWritten = false
    try {
      isWritten = this.#writePlain(envelope)
    } finally {
      // The other end will not see what it was going to be told.
      if (!isWritten) head.abandon()
    }
    return isWritten ? head : undefined
  }

  #writePlain(envelope: Envelope): boolean {
    if (envelope.kind === 'return') {
      if (envelope.specials !== undefined) return false
      this.#head.writeByte(RETURN)
      this.#head.writeInt32(envelope.id)
      return writeValue(this.#head, envelope.value, envelope.tree)
    }
    if (envelope.kind !== 'call') return false
    const { id, module, name, args, tree, timeout, callbacks, specials, context, key } = envelope
    if (
      key !== undefined ||
      timeout !== undefined ||
      callbacks !== undefined ||
      specials !== undefined ||
      context !== undefined
    )
      return false
    this.#head.writeByte(CALL)
    this.#head.writeInt32(id)
    this.#head.writeInt32(module)
    if (!name.isWellFormed()) return false
    // Before the arguments: it has been read by the time that one of those cannot be.
    this.#head.writeName(name)
    return this.#writeArguments(args, tree)
  }

  #writeArguments(args: readonly unknown[], tree: number | undefined): boolean {
    if (tree !== undefined) {
      this.#head.writeByte(asOne)
      return writeValue(this.#head, args, tree)
    }
    if (args.length >= asOne || args.filter(isObject).length > 1) return false
    this.#head.writeByte(args.length)
    for (const arg of args) if (!writeValue(this.#head, arg)) return false
    return true
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** A frame that arrived whole and cannot be made into an envelope, as a rule because it is nested too deeply. */
export class UnreadableFrame extends Error {
  /** Of the call that it is of; 0 where that is none, or none that could be answered. */
  readonly id: number

  constructor(id: number, cause: unknown) {
    super('a frame cannot be read', { cause })
    this.id = id
  }
}

export class FrameReader {
  readonly #ring: RingReader
  readonly #clone: StructuredCloneCodec
  readonly #head = new HeadReader()

  constructor(ring: RingReader, clone: StructuredCloneCodec) {
    this.#ring = ring
    this.#clone = clone
  }

  /** The next envelope that has arrived whole, without waiting. @throws {UnreadableFrame} and the next one can be read */
  read(): Envelope | undefined {
    if (!this.#takeFrame()) return undefined
    const head = this.#head
    head.begin(this.#ring.bytes, this.#ring.view, this.#ring.body)
    const kind = head.readByte()
    const id = head.readInt32()
    try {
      return this.#decode(kind, id)
    } catch (error) {
      if (error instanceof UnreadableValue) throw new UnreadableFrame(id, error.cause)
      // A name may have been missed, by which all that come later would be something else.
      throw new UnreadableFrame(0, error)
    } finally {
      // The ring keeps the last body until the next frame: without it the allocator gives the memory back to the system and
      // fetches it again for each large one, which takes three times as long.
      head.body = undefined
    }
  }

  #takeFrame(): boolean {
    try {
      return this.#ring.next()
    } catch (cause) {
      // There is no memory for it, and so no way to those behind it.
      throw new UnreadableFrame(0, cause)
    }
  }

  #decode(kind: number, id: number): Envelope {
    const head = this.#head
    if (kind === RETURN) return { kind: 'return', id, value: readValue(head) }
    if (kind === CALL) {
      const module = head.readInt32()
      const name = head.readName()
      return { kind: 'call', id, module, name, args: this.#readArguments() }
    }
    return this.#decodeClone()
  }

  #decodeClone(): Envelope {
    try {
      return this.#clone.decode(this.#head.body) as Envelope
    } catch (cause) {
      throw new UnreadableValue('it cannot be deserialized', { cause })
    }
  }

  #readArguments(): readonly unknown[] {
    const count = this.#head.readByte()
    if (count === asOne) return readValue(this.#head) as readonly unknown[]
    const args: unknown[] = []
    for (let index = 0; index < count; index++) args.push(readValue(this.#head))
    return args
  }
}

/** The answer to a call of which something could not be read. */
export function answerUnreadable({ id, cause }: UnreadableFrame, what: string): Throw {
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `${what} could not be read, as a rule because it is nested too deeply for the stack of the thread: ${why}`
  const error = new SerializationError(message, { adapter: adapterName, cause })
  let answer: Throw | undefined
  postThrown(error, (thrown) => {
    answer = { kind: 'throw', id, thrown }
  })
  return answer as Throw
}
