/** What a contestant is told by that answered wrongly. */
export function wrongAnswer(expected: unknown, actual: unknown): Error {
  return new Error(`answered ${show(actual)} in place of ${show(expected)}`)
}

export function checkSame(expected: unknown, actual: unknown): void {
  if (!Object.is(expected, actual)) throw wrongAnswer(expected, actual)
}

function show(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
