import { type Envelope, postThrown, SerializationError, type Throw } from '@ambisync/core/adapter'
import { adapterName } from './adapter-name.ts'
import type { StructuredCloneCodec } from './clone.ts'
import { HeadReader } from './head-reader.ts'
import { HeadWriter } from './head-writer.ts'
import type { RingReader } from './ring-reader.ts'
import type { RingWriter } from './ring-writer.ts'
import { readValue, writeValue } from './values.ts'

/*
 * Envelopes as frames. Plain calls and what they return have a form of their own; everything else is carried whole, by
 * structured clone, which keeps the identities that its parts refer to one another by.
 */

const CLONED = 0
const CALL = 1
const RETURN = 2

/** The number of arguments where they are written as one value, because more than one of them is an object. */
const asOne = 255

/** A name is sent once, and by its number from then on, as long as there are not more than so many. */
const mostNames = 65_536

export class FrameWriter {
  readonly #ring: RingWriter
  readonly #clone: StructuredCloneCodec
  readonly #head = new HeadWriter()
  /** The names of tasks that the other end knows by number. */
  readonly #names = new Map<string, number>()

  constructor(ring: RingWriter, clone: StructuredCloneCodec) {
    this.#ring = ring
    this.#clone = clone
  }

  /** Sends an envelope, or as much of it as there is room for. @throws what the codec does; nothing was sent then */
  write(envelope: Envelope): void {
    const head = this.#head
    head.begin()
    if (!this.#writePlain(envelope)) {
      head.begin()
      head.writeByte(CLONED)
      head.writeInt32('id' in envelope ? envelope.id : 0)
      head.body = this.#clone.encode(envelope)
    }
    this.#ring.write(head.words, head.length, head.body)
    head.body = undefined
  }

  #writePlain(envelope: Envelope): boolean {
    if (envelope.kind === 'return') {
      if (envelope.specials !== undefined) return false
      this.#head.writeByte(RETURN)
      this.#head.writeInt32(envelope.id)
      return writeValue(this.#head, envelope.value)
    }
    if (envelope.kind !== 'call') return false
    const { id, module, name, args, timeout, callbacks, specials, context } = envelope
    if (timeout !== undefined || callbacks !== undefined || specials !== undefined || context !== undefined) return false
    const known = this.#names.get(name)
    if (known === undefined && this.#names.size >= mostNames) return false
    this.#head.writeByte(CALL)
    this.#head.writeInt32(id)
    this.#head.writeInt32(module)
    this.#head.writeInt32(known ?? this.#names.size)
    if (known === undefined) this.#head.writeText(name)
    if (!name.isWellFormed() || !this.#writeArguments(args)) return false
    if (known === undefined) this.#names.set(name, this.#names.size)
    return true
  }

  /** Two of them may be, or hold, one and the same object: then they are looked at as a whole. */
  #writeArguments(args: readonly unknown[]): boolean {
    let objects = 0
    for (const arg of args) if (typeof arg === 'object' && arg !== null) objects++
    if (objects > 1 || args.length >= asOne) {
      this.#head.writeByte(asOne)
      return writeValue(this.#head, args)
    }
    this.#head.writeByte(args.length)
    for (const arg of args) if (!writeValue(this.#head, arg)) return false
    return true
  }
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
  /** By their numbers, which are given in order. */
  readonly #names: string[] = []

  constructor(ring: RingReader, clone: StructuredCloneCodec) {
    this.#ring = ring
    this.#clone = clone
  }

  /** The next envelope that has arrived whole, without waiting. @throws {UnreadableFrame} and the next one can be read */
  read(): Envelope | undefined {
    if (!this.#ring.next()) return undefined
    const head = this.#head
    head.begin(this.#ring.bytes, this.#ring.view, this.#ring.body)
    const kind = head.readByte()
    const id = head.readInt32()
    try {
      return this.#decode(kind, id)
    } catch (cause) {
      throw new UnreadableFrame(id, cause)
    } finally {
      head.body = undefined
    }
  }

  #decode(kind: number, id: number): Envelope {
    const head = this.#head
    if (kind === RETURN) return { kind: 'return', id, value: readValue(head) }
    if (kind === CALL) {
      const module = head.readInt32()
      const number = head.readInt32()
      if (number === this.#names.length) this.#names.push(head.readText())
      const name = this.#names[number] as string
      return { kind: 'call', id, module, name, args: this.#readArguments() }
    }
    return this.#clone.decode(head.body as Uint8Array<ArrayBuffer>) as Envelope
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
  const message = `${what} could not be read, as a rule because it is nested too deeply for the stack of the thread`
  const error = new SerializationError(message, { adapter: adapterName, cause })
  let answer: Throw | undefined
  postThrown(error, (thrown) => {
    answer = { kind: 'throw', id, thrown }
  })
  return answer as Throw
}
