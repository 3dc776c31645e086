import type { Dual } from '@ambisync/core'
import { blocking } from './blocking.ts'
import type { Case, CaseContext, Needs } from './case.ts'

/** How a call is made. The same body runs for each of them. */
export type Mode = 'sync' | 'async' | 'submit'

export const modes: readonly Mode[] = ['sync', 'async', 'submit']

export type Outcome =
  | { readonly kind: 'return'; readonly value: unknown }
  | { readonly kind: 'throw'; readonly error: unknown }

// biome-ignore lint/suspicious/noExplicitAny: whatever the function's parameters are
type AnyDual = Pick<Dual<(...args: any[]) => unknown>, Mode>

/** Calls `dual` in the given mode; `submit` is followed by a blocking `result`. */
export async function call(dual: AnyDual, mode: Mode, ...args: readonly unknown[]): Promise<unknown> {
  return await (mode === 'async' ? dual.async(...args) : blocking(() => callAtOnce(dual, mode, ...args)))
}

/** The same in this very job, which has to be one that may block. */
export function callAtOnce(dual: AnyDual, mode: Mode, ...args: readonly unknown[]): unknown {
  if (mode === 'async') return dual.async(...args)
  return mode === 'sync' ? dual.sync(...args) : dual.submit(...args).result()
}

export async function outcomeOf(dual: AnyDual, mode: Mode, ...args: readonly unknown[]): Promise<Outcome> {
  try {
    return { kind: 'return', value: await call(dual, mode, ...args) }
  } catch (error) {
    return { kind: 'throw', error }
  }
}

/** What a call throws. That it returns is an error here. */
export async function thrownBy(dual: AnyDual, mode: Mode, ...args: readonly unknown[]): Promise<unknown> {
  const outcome = await outcomeOf(dual, mode, ...args)
  if (outcome.kind === 'throw') return outcome.error
  throw new Error(`it should have thrown, and returned ${String(outcome.value)}`)
}

/** One case for each mode. */
export function inEachMode(
  name: string,
  needs: Needs,
  run: (context: CaseContext, mode: Mode) => Promise<void>,
): readonly Case[] {
  return modes.map((mode) => ({ name: `${name} (${mode})`, needs, run: (context) => run(context, mode) }))
}
