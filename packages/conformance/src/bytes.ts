/** A Buffer, where the runtime has that class; elsewhere the bytes alone. */
export function bufferOf(content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  // Not of the bytes' own memory: a small Buffer is a part of a larger one.
  return globalThis.Buffer?.from(bytes) ?? bytes.slice()
}

/** Whether it is one, where the runtime has that class. */
export function isBufferOrNone(bytes: unknown): boolean {
  return globalThis.Buffer?.isBuffer(bytes) ?? bytes instanceof Uint8Array
}
