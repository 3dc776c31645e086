import type { Ratio } from './bootstrap.ts'

/** With its interval, in as many digits as say something. */
export function showRatio({ value, low, high }: Ratio): string {
  return `${digits(value)} (${digits(low)} to ${digits(high)})`
}

/** Three digits that count, and no exponent. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const rounded = Number(value.toPrecision(3))
  return Math.abs(rounded) >= 100 ? rounded.toFixed(0) : String(rounded)
}
