/**
 * Where two values differ, as a path and what is there; undefined if they are the same to everyone who looks: `-0` is
 * not `0`, a hole is not `undefined`, and prototypes, the order of properties and their being enumerable count. What is
 * one object in the one has to be one in the other, cycles included. Properties keyed by symbols are not looked at.
 *
 * @param hidden what an object of a class with private state has in it, for those that have some
 */
export function difference(
  actual: unknown,
  expected: unknown,
  hidden: (value: object) => unknown = () => undefined,
): string | undefined {
  return new Comparison(hidden).compare(actual, expected, 'value')
}

class Comparison {
  readonly #hidden: (value: object) => unknown
  readonly #actualOf = new Map<object, object>()
  readonly #expectedOf = new Map<object, object>()

  constructor(hidden: (value: object) => unknown) {
    this.#hidden = hidden
  }

  compare(actual: unknown, expected: unknown, path: string): string | undefined {
    if (!isObject(actual) || !isObject(expected)) {
      return Object.is(actual, expected) ? undefined : `${path} is ${show(actual)} and should be ${show(expected)}`
    }
    const seen = this.#actualOf.get(expected)
    if (seen !== undefined || this.#expectedOf.has(actual)) {
      return seen === actual ? undefined : `${path} is not the same object as elsewhere, or is where it should not be`
    }
    this.#actualOf.set(expected, actual)
    this.#expectedOf.set(actual, expected)
    if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) {
      return `${path} is of the class ${className(actual)} and should be of ${className(expected)}`
    }
    if (tagOf(actual) !== tagOf(expected)) return `${path} is ${tagOf(actual)} and should be ${tagOf(expected)}`
    return this.#compareContent(actual, expected, path) ?? this.#compareProperties(actual, expected, path)
  }

  /** What is not in properties. */
  #compareContent(actual: object, expected: object, path: string): string | undefined {
    const inside = contentOf(expected)
    if (inside !== undefined) return this.#compareLists(contentOf(actual) ?? [], inside, `parts(${path})`)
    const hidden = this.#hidden(expected)
    return hidden === undefined ? undefined : this.compare(this.#hidden(actual), hidden, `hidden(${path})`)
  }

  #compareLists(actual: readonly unknown[], expected: readonly unknown[], path: string): string | undefined {
    if (actual.length !== expected.length) {
      return `${path} has ${actual.length} parts and should have ${expected.length}`
    }
    return first(expected.keys(), (index) => this.compare(actual[index], expected[index], `${path}[${index}]`))
  }

  #compareProperties(actual: object, expected: object, path: string): string | undefined {
    // Its elements are its properties, and have been compared.
    if (ArrayBuffer.isView(expected)) return undefined
    const names = ownNames(expected)
    const actualNames = ownNames(actual)
    if (names.join() !== actualNames.join()) {
      return `${path} has the properties ${show(actualNames)} and should have ${show(names)}`
    }
    return first(names, (name) => {
      const left = Object.getOwnPropertyDescriptor(actual, name)
      const right = Object.getOwnPropertyDescriptor(expected, name)
      if (left?.enumerable !== right?.enumerable) return `${path}.${name} is enumerable in only one of them`
      return this.compare(propertyOf(actual, left), propertyOf(expected, right), `${path}.${name}`)
    })
  }
}

/** The parts of what is more than its properties, in order; undefined for anything else. */
function contentOf(value: object): readonly unknown[] | undefined {
  if (value instanceof Map) return [...value].flat()
  if (value instanceof Set) return [...value]
  if (value instanceof Date) return [value.getTime()]
  if (value instanceof RegExp) return [value.source, value.flags]
  if (value instanceof URL || value instanceof URLSearchParams) return [String(value)]
  if (value instanceof Headers) return [...value].flat()
  if (value instanceof ArrayBuffer) return [new Uint8Array(value).join()]
  if (ArrayBuffer.isView(value)) return [value.byteOffset, value.byteLength, value.buffer]
  const isBoxed = /^\[object (Boolean|Number|String|BigInt)\]$/.test(tagOf(value))
  return isBoxed ? [value.valueOf()] : undefined
}

/** A stack may be an own accessor of an error, which is read like a property. */
function propertyOf(object: object, descriptor: PropertyDescriptor | undefined): unknown {
  return descriptor && 'value' in descriptor ? descriptor.value : descriptor?.get?.call(object)
}

/** Structured clone does not keep where a regular expression was. */
function ownNames(value: object): string[] {
  return Object.getOwnPropertyNames(value).filter((name) => !(value instanceof RegExp && name === 'lastIndex'))
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value)
}

function className(value: object): string {
  return String(Object.getPrototypeOf(value)?.constructor?.name)
}

function show(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  return isObject(value) ? tagOf(value) : typeof value === 'bigint' ? `${value}n` : String(value)
}
