/** An error as it is quoted in a row: class, code and message, on one line. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return shorten(`threw ${String(error)}`)
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : ''
  return shorten(`${error.name}${code}: ${error.message}`)
}

/** On one line, and no longer than a row can hold. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
