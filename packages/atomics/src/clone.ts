/** Carries whatever structured clone can carry, for one end of a channel. */
export interface StructuredCloneCodec {
  /**
   * The value as bytes; undefined where it has been sent already, by a way of the codec's own.
   * @throws {Error} with the name `DataCloneError` for what cannot be cloned
   */
  encode(value: unknown): Uint8Array | undefined
  /** @param bytes what `encode` gave; undefined for what has come by that other way: they are asked for in order */
  decode(bytes: Uint8Array<ArrayBuffer> | undefined): unknown
}
