import { describeType } from '@ambisync/core/options'

/** A value that was given for an option, in a message. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : describeType(value)
}
