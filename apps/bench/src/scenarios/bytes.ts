const pattern = Uint8Array.from({ length: 251 }, (_, index) => index)

export function makeBytes(length: number): Uint8Array {
  return new Uint8Array(Buffer.alloc(length, pattern).buffer)
}

/** The same bytes for each call, but for the first: an answer to another call is none. */
export function stamped(bytes: Uint8Array): (call: number) => Uint8Array {
  return (call) => {
    bytes[0] = call
    return bytes
  }
}

/** A library that gives a `Buffer` for bytes, which is a kind of them, is as right. */
export function isSameBytes(result: unknown, value: unknown): boolean {
  return result instanceof Uint8Array && value instanceof Uint8Array && Buffer.compare(result, value) === 0
}
