/** Structured clone as bytes, for channels that carry bytes. For both ends of one. */
export { findPlatformObject } from './platform-objects.ts'
export { decodeClone, encodeClone } from './structured-clone.ts'
