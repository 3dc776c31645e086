export { type AtomicsOptions, atomics } from './atomics.ts'
