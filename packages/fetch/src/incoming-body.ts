export type Read = { readonly done: boolean; readonly value?: Uint8Array | undefined }
/** Where the chunks come from: a stream's reader, for one. */
export type Reader = { read(): Promise<Read>; cancel(reason?: unknown): Promise<void> }

/** A response's body on the loop: whoever looks whether something is there may leave what comes later to somebody else. */
export class IncomingBody {
  readonly #reader: Reader
  #pending: Promise<Read> | undefined

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** The next chunk; the same one until it is taken. */
  peek(): Promise<Read> {
    if (this.#pending === undefined) {
      this.#pending = this.#reader.read()
      // Whoever takes it is told.
      this.#pending.catch(() => {})
    }
    return this.#pending
  }

  take(): Promise<Read> {
    const next = this.peek()
    this.#pending = undefined
    return next
  }

  /** Ends the exchange if it is not over. A read that is under way gives the end. */
  async cancel(): Promise<void> {
    await this.#reader.cancel().catch(() => {})
  }
}

/** What has been collected of a body. */
export interface Collected {
  readonly chunks: readonly Uint8Array[]
  readonly state: 'ended' | 'more' | { readonly error: unknown }
}

/**
 * Takes what is there, until `isEnough` says so of the number of bytes, or `end` is resolved and there is nothing more at
 * once.
 */
export async function collect(
  body: IncomingBody,
  end: Promise<undefined> | undefined,
  isEnough: (size: number) => boolean,
): Promise<Collected> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    while (!isEnough(size)) {
      const next = await (end === undefined ? body.peek() : Promise.race([body.peek(), end]))
      if (next === undefined) return { chunks, state: 'more' }
      void body.take()
      if (next.done || next.value === undefined) return { chunks, state: 'ended' }
      chunks.push(next.value)
      size += next.value.byteLength
    }
    return { chunks, state: 'more' }
  } catch (error) {
    return { chunks, state: { error } }
  }
}

export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  let size = 0
  for (const { byteLength } of chunks) size += byteLength
  const whole = new Uint8Array(size)
  let position = 0
  for (const chunk of chunks) {
    whole.set(chunk, position)
    position += chunk.byteLength
  }
  return whole
}
