export function makeBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index % 251)
}

/** A library that gives a `Buffer` for bytes, which is a kind of them, is as right. */
export function isSameBytes(result: unknown, value: unknown): boolean {
  return result instanceof Uint8Array && value instanceof Uint8Array && Buffer.compare(result, value) === 0
}
