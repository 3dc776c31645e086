import { isDeepStrictEqual } from 'node:util'
import type { Timed } from './way.ts'

/** The first item on which two ways disagree, in words; undefined if they all agree. */
export function firstDifference(ways: readonly Pick<Timed<unknown>, 'name' | 'results'>[]): string | undefined {
  const [first, ...others] = ways
  if (first === undefined) return undefined
  for (const other of others) {
    const items = Math.max(first.results.length, other.results.length)
    for (let item = 0; item < items; item++) {
      const [expected, actual] = [first.results[item], other.results[item]]
      if (isDeepStrictEqual(expected, actual)) continue
      return `item ${item} differs: "${first.name}" gave ${show(expected)}, "${other.name}" gave ${show(actual)}`
    }
  }
  return undefined
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
