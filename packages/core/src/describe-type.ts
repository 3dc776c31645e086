/** What kind of thing a wrong argument is, for a message: `null`, `a string`, `an object`. */
export function describeType(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  const type = typeof value
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
