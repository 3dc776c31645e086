/*
 * Trees of plain data: what nearly every value is, and what any codec can carry. Plain objects and arrays, each in one
 * place only, and in them strings, numbers, booleans, null and undefined. All else is a matter of structured clone:
 * identity and cycles, holes and other properties of arrays, `-0`, lone surrogates, bigints, dates, objects of classes,
 * and keys that mean something.
 */

/** Of a value that is no tree. */
export const notATree = -1

/**
 * How many objects a tree has; {@link notATree} for any other value. Every value is looked at, so this has to be fast:
 * it reads properties, and so has a getter run once more than structured clone alone.
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
    // One key may be that of something besides, where there is a hole.
    else if (!isExact(part) || (part === undefined && !(index in array))) return false
  }
  return true
}

function isPlainObject(object: object, stack: object[]): boolean {
  // An object that has a key of that name is no tree either way.
  // biome-ignore lint/suspicious/noProto: ten times as fast as Object.getPrototypeOf
  if ((object as { readonly __proto__: unknown }).__proto__ !== Object.prototype) return false
  let position = 0
  // The prototype has no enumerable keys: what is come to is the object's own.
  for (const key in object) {
    const part: unknown = (object as Record<string, unknown>)[key]
    if (typeof part === 'object' && part !== null) stack.push(part)
    else if (!isExact(part)) return false
    // Objects of one kind follow one another as a rule.
    if (key !== lastKeys[position]) {
      if (isMeaningful(key)) return false
      if (position < mostLastKeys) lastKeys[position] = key
    }
    position++
  }
  return true
}

/** The keys of the last object that was looked at, which need not be looked at once more. */
const lastKeys: string[] = []
const mostLastKeys = 64

/** Keys that would be taken for something else on the way, or could not be written. */
function isMeaningful(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'toJSON' || !isExactText(key)
}

/** A primitive value that msgpack carries as it is. */
function isExact(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return value !== 0 || !Object.is(value, -0)
    case 'string':
      return isExactText(value)
    case 'boolean':
    case 'undefined':
      return true
    default:
      return value === null
  }
}

/** UTF-8 has no lone surrogates, and a byte order mark at the beginning is dropped by some who read it. */
function isExactText(text: string): boolean {
  return text.isWellFormed() && text.charCodeAt(0) !== 0xfeff
}
