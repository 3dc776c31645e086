import { Unsendable } from '@ambisync/core/adapter'
import { encodeClone } from '@ambisync/node/clone'

const megabyte = 1_024 * 1_024

/** The most that a call or its result may take as it is sent, in megabytes. */
const mostMegabytes = 256

/** What an envelope adds to the value in it is not the user's to count, in bytes. */
const slack = megabyte

/**
 * What goes through the file of a call, as bytes.
 *
 * @param name what the value in it is called, in a message
 * @throws {Error} like `encodeClone`
 * @throws {Unsendable} for what is larger than `mostMegabytes`
 */
export function encodeFrame(value: unknown, name: string): Uint8Array {
  const bytes = encodeClone(value)
  if (bytes.byteLength > mostMegabytes * megabyte + slack) {
    const size = Math.ceil(bytes.byteLength / megabyte)
    throw new Unsendable(`${name} takes ${size} MB, more than the ${mostMegabytes} MB that can be sent`)
  }
  return bytes
}
