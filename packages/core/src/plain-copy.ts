/** What {@link plainCopy} gives for a value that is not plain. */
export const notPlain: unique symbol = Symbol('not plain')

/** A value of more objects than that is not copied. */
const mostObjects = 16

/**
 * A copy of a small plain value as structured clone would make it: primitives, and trees of ordinary objects and
 * arrays. For everything else, which only structured clone copies as it should, `notPlain`.
 */
export function plainCopy(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return notPlain
  if (typeof value !== 'object' || value === null) return value
  try {
    return copyObject(value, [])
  } catch {
    // A getter or a proxy threw, as it will do again for whoever clones it.
    return notPlain
  }
}

function copyObject(value: object, seen: object[]): unknown {
  // A tree has no object in it twice: a copy of two would be no longer one.
  if (seen.length === mostObjects || seen.includes(value)) return notPlain
  seen.push(value)
  const prototype = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return copyParts(value, Object.keys(value), {}, seen)
  // Before its keys are asked for: bytes have one for each.
  if (prototype !== Array.prototype || !Array.isArray(value)) return notPlain
  const keys = Object.keys(value)
  // With holes, or with properties of its own.
  if (keys.length !== value.length) return notPlain
  return copyParts(value, keys, new Array(value.length), seen)
}

function copyParts(from: object, keys: readonly string[], to: object, seen: object[]): unknown {
  for (const key of keys) {
    const part: unknown = Reflect.get(from, key)
    const isObject = typeof part === 'object' && part !== null
    const copy = isObject ? copyObject(part, seen) : typeof part === 'function' ? notPlain : part
    if (copy === notPlain || typeof copy === 'symbol' || key === '__proto__') return notPlain
    Reflect.set(to, key, copy)
  }
  return to
}
