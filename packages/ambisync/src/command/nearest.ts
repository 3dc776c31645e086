import { closestMatch } from 'leven'

/** The name that was most probably meant; undefined where none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  // Two letters in the wrong order count as two.
  const maxDistance = Math.max(name.length > 3 ? 2 : 1, Math.floor(name.length * 0.4))
  return closestMatch(name, [...names], { maxDistance })
}
