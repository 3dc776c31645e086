/*
 * What JSON is exact for: trees of plain data. All else (identity and cycles, `undefined`, `-0` and what is not finite,
 * classes, holes, keys that mean something) is a matter of structured clone.
 */

/** How deep a value may be that `JSON.stringify` walks by recursion. */
const deepest = 500

/** Whether the value comes back from JSON as it was. Reads properties, and so has a getter run once more. */
export function isJson(root: unknown): boolean {
  if (typeof root !== 'object' || root === null) return isJsonPrimitive(root)
  const seen = new Set<object>([root])
  let level: object[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false
    const next: object[] = []
    for (const value of level) {
      if (!hasPlainShape(value)) return false
      for (const part of Object.values(value)) {
        if (typeof part !== 'object' || part === null) {
          if (!isJsonPrimitive(part)) return false
        } else {
          if (seen.has(part)) return false
          seen.add(part)
          next.push(part)
        }
      }
    }
    level = next
  }
  return true
}

function isJsonPrimitive(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
    case 'string':
    case 'boolean':
      return true
    default:
      return value === null
  }
}

function hasPlainShape(value: object): boolean {
  const keys = Object.keys(value)
  if (Array.isArray(value)) return Object.getPrototypeOf(value) === Array.prototype && isDense(value, keys)
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  return !keys.includes('__proto__') && !keys.includes('toJSON')
}

/** Elements only, and all of them: holes have no keys, and keys of numbers come first. */
function isDense(array: readonly unknown[], keys: readonly string[]): boolean {
  return keys.length === array.length && (keys.length === 0 || keys[keys.length - 1] === String(array.length - 1))
}
