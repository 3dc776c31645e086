import { homedir } from 'node:os'
import { inspect, stripVTControlCharacters } from 'node:util'

/** An error as it is quoted in a row: class, code and message, on one line. */
export function describeError(error: unknown): string {
  try {
    if (typeof error === 'string') return shorten(`threw ${error}`)
    if (!(error instanceof Error)) return shorten(`threw ${inspect(error, { depth: 1, maxStringLength: 300 })}`)
    const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : ''
    return shorten(`${error.name}${code}: ${error.message}`)
  } catch {
    // A getter or a proxy of the user's that throws.
    return 'threw something that cannot be described'
  }
}

/** On one line, and no longer than a row can hold. */
export function shorten(text: string): string {
  const line = stripVTControlCharacters(withoutPlaces(text.slice(0, 10_000)))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

/** Reports are passed on: they do not say where their user lives. */
function withoutPlaces(text: string): string {
  const home = homedir()
  return (home.length > 1 ? text.replaceAll(home, '~') : text).replaceAll(process.execPath, 'node')
}
