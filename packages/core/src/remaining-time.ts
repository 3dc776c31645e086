import type { CallOptions } from './dual.ts'

/** The options, and no more time than `remaining`, in milliseconds. */
export function withRemaining(options: CallOptions, remaining: number | undefined): CallOptions {
  if (remaining === undefined) return options
  return { ...options, timeout: Math.min(options.timeout ?? remaining, remaining) }
}
