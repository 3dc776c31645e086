/** Carries, as bytes, whatever structured clone can carry. */
export interface StructuredCloneCodec {
  /** @throws {Error} with the name `DataCloneError` for what cannot be cloned */
  encode(value: unknown): Uint8Array
  decode(bytes: Uint8Array<ArrayBuffer>): unknown
}
