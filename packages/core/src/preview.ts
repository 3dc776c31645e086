/** A value in words, also where it resists. */
export function preview(value: unknown): string {
  try {
    return String(value)
  } catch {
    return `a value of type ${typeof value} that cannot be shown`
  }
}
