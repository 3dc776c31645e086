import { closestMatch } from 'leven'

/** The name that was most probably meant; undefined where none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const maxDistance = Math.max(1, Math.floor(name.length * 0.4))
  return closestMatch(name, [...names], { maxDistance })
}
