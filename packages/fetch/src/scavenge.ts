/** As much as a chunk has at most, as a rule. */
const scrap: Buffer = Buffer.alloc(64 * 1_024)

/**
 * Has V8 collect chunks that nobody holds any more while they are few.
 *
 * What a Uint8Array holds is outside of V8's heap, and does not count when it is to be decided whether to look through the
 * young objects: some 60 MB of chunks would pile up, on each thread. A string that is dropped at once does count. It takes
 * some microseconds for each chunk.
 */
export function hurryScavenge(bytes: number): void {
  scrap.toString('latin1', 0, Math.min(bytes, scrap.byteLength))
}
