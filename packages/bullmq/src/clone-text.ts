import { decodeClone, encodeClone } from '@ambisync/node/clone'

/*
 * Structured clone as text, for values that JSON does not keep as they are. It is data, whoever wrote it: to read it runs
 * nothing.
 */

/** @throws {Error} a `DataCloneError` (by its `name`) for what cannot be cloned */
export function cloneToText(value: unknown): string {
  const { buffer, byteOffset, byteLength } = encodeClone(value)
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64')
}

/** @throws {Error} for what a newer version of V8 wrote, or is no clone at all */
export function cloneFromText(text: string): unknown {
  return decodeClone(Buffer.from(text, 'base64'))
}
