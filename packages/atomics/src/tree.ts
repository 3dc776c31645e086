/** How many objects there are in a value that is a tree; `notATree` for any other. */
export const notATree = -1

/**
 * Whether msgpack carries a value exactly: plain objects and arrays, each in one place only, and in them strings,
 * numbers, booleans, null and undefined. Everything else is a matter of structured clone: identity and cycles, holes and
 * other properties of arrays, `-0`, lone surrogates, bigints, dates, a key `__proto__`, objects of classes.
 *
 * Properties are read, so a getter runs once more than by structured clone alone.
 * @returns how many objects it has, or {@link notATree}
 */
export function countTree(root: object): number {
  const stack = [root]
  const seen = new Set<object>()
  let count = 0
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    seen.add(value)
    // It was there already.
    if (seen.size !== ++count) return notATree
    const isTree = Array.isArray(value) ? isPlainArray(value, stack) : isPlainObject(value, stack)
    if (!isTree) return notATree
  }
  return count
}

function isPlainArray(array: readonly unknown[], stack: object[]): boolean {
  // As many keys as elements: no holes, and nothing besides.
  if (Object.getPrototypeOf(array) !== Array.prototype || Object.keys(array).length !== array.length) return false
  for (let index = 0; index < array.length; index++) {
    const part = array[index]
    if (typeof part === 'object' && part !== null) stack.push(part)
    else if (!isExact(part)) return false
  }
  return true
}

function isPlainObject(object: object, stack: object[]): boolean {
  if (Object.getPrototypeOf(object) !== Object.prototype) return false
  // The prototype has no enumerable keys: what is come to is the object's own.
  for (const key in object) {
    const part: unknown = (object as Record<string, unknown>)[key]
    if (typeof part === 'object' && part !== null) stack.push(part)
    else if (!isExact(part)) return false
    if (key === '__proto__' || !key.isWellFormed()) return false
  }
  return true
}

/** A primitive value that msgpack carries as it is. */
function isExact(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return value !== 0 || !Object.is(value, -0)
    case 'string':
      return value.isWellFormed()
    case 'boolean':
    case 'undefined':
      return true
    default:
      return value === null
  }
}
