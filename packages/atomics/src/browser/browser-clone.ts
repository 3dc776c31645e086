import type { StructuredCloneCodec } from '../clone.ts'
import { HeadReader } from '../head-reader.ts'
import { HeadWriter } from '../head-writer.ts'
import { CloneReader } from './clone-reader.ts'
import { CloneWriter } from './clone-writer.ts'

/**
 * Structured clone as bytes. Browsers have no function for it, nor a way to take a message from a port while a thread is
 * blocked, so the values of the language are written here, by `clone-writer.ts`.
 */
export class BrowserClone implements StructuredCloneCodec {
  readonly #head = new HeadWriter()

  encode(value: unknown): Uint8Array {
    // The browser's own first: it refuses what it does not carry, asks getters, and makes plain objects of what will
    // arrive as such. What is left is of no class but the language's, with its own prototype.
    const clone: unknown = structuredClone(value)
    this.#head.begin()
    new CloneWriter(this.#head).write(clone)
    return this.#head.bytes
  }

  decode(bytes: Uint8Array<ArrayBuffer> = new Uint8Array()): unknown {
    const head = new HeadReader()
    head.begin(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), undefined)
    return new CloneReader(head).read()
  }
}
