import type { Memory } from '../memory.ts'

/** How many samples are taken: one after each such part of the calls. */
export const samples = 100

/** Taken after a collection on both sides. */
export interface Sample {
  /** How many calls had been made. */
  readonly calls: number
  readonly caller: Memory
  readonly loop: Memory
}

/** What the soak's program prints, a line each. */
export type SoakReport =
  | { readonly sample: Sample }
  /** An answer was not the one to this call. */
  | { readonly wrong: string }
