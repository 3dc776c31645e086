import { type WakeWord, wakeUp } from '@ambisync/core/adapter'
import type { Rings } from '../loop-thread.ts'

/**
 * What a loop's worker, its launcher and its caller know of it together.
 *
 * `flags[ENTERED]` goes from 0 to 1 when the worker's script runs and holds its lock. `flags[CODE]` is how it ended, by
 * itself: written before it lets go of the lock. `flags[DEAD]` goes from 0 to 1, once, by the launcher, when it has got
 * that lock, or by the caller, where no launcher can run; read by the caller, which drains the ring only after it has seen the 1.
 */
export interface LoopStart {
  readonly name: string
  readonly rings: Rings
  readonly flags: Int32Array<SharedArrayBuffer>
  readonly callerWake: WakeWord
  /** Name of the lock that the worker holds for as long as it lives. */
  readonly lock: string
}

export const DEAD = 0
export const ENTERED = 1
export const CODE = 2

export const flagCount = 3

/** In `flags[CODE]` while there is none. */
export const noCode = -1

/** What the worker's script is told: by its caller, to be a launcher, or by a launcher, to be a loop. */
export type WorkerMessage =
  | { readonly kind: 'are you there' }
  | { readonly kind: 'start'; readonly start: LoopStart }
  | { readonly kind: 'kill'; readonly lock: string }
  | { readonly kind: 'serve'; readonly start: LoopStart }

/** The loop has ended, and sends nothing any more. */
export function tellDeath({ flags, callerWake }: LoopStart): void {
  Atomics.store(flags, DEAD, 1)
  // After the flag, which is a part of what the caller looks at.
  wakeUp(callerWake)
}
