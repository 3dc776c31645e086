const pattern = Uint8Array.from({ length: 251 }, (_, index) => index)

export function makeBytes(length: number): Uint8Array {
  return new Uint8Array(Buffer.alloc(length, pattern).buffer)
}

/** A library that gives a `Buffer` for bytes, which is a kind of them, is as right. */
export function isSameBytes(result: unknown, value: unknown): boolean {
  return result instanceof Uint8Array && value instanceof Uint8Array && Buffer.compare(result, value) === 0
}
