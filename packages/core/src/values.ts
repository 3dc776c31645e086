/**
 * Finds the part of a value that structured clone refuses, so that an error can name its path.
 *
 * Only called after a refusal: it goes down into the first part that is refused by itself until no part of it is.
 */
export interface Refused {
  /** As the user would write it, e.g. `args[0].user.save`. */
  readonly path: string
  readonly value: unknown
}

export function findRefused(value: unknown, path: string): Refused {
  let refused: Refused = { path, value }
  for (;;) {
    const part = parts(refused).find((candidate) => !isCloneable(candidate.value))
    if (part === undefined) return refused
    refused = part
  }
}

/** The end of a sentence that begins with the path: `is a function`. */
export function describeRefused(value: unknown): string {
  if (typeof value === 'function') return 'is a function'
  if (typeof value === 'symbol') return 'is a symbol'
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  return tag === 'Object' ? 'cannot be cloned' : `is a ${tag}`
}

/** An object made by a literal or by `Object.create(null)`. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value)
    return true
  } catch {
    return false
  }
}

function parts({ path, value }: Refused): Refused[] {
  if (typeof value !== 'object' || value === null) return []
  if (value instanceof Map) {
    return [...value].flatMap(([key, item], index) => [
      { path: `[...${path}.keys()][${index}]`, value: key },
      {
        path: `${path}.get(${typeof key === 'string' ? JSON.stringify(key) : `[...${path}.keys()][${index}]`})`,
        value: item,
      },
    ])
  }
  if (value instanceof Set) return [...value].map((item, index) => ({ path: `[...${path}][${index}]`, value: item }))
  return Object.keys(value).flatMap((key) => {
    try {
      return [{ path: member(path, key, Array.isArray(value)), value: Reflect.get(value, key) }]
    } catch {
      // A getter that throws: the object itself is what cannot be cloned, and the clone's own error says why.
      return []
    }
  })
}

function member(path: string, key: string, isArray: boolean): string {
  if (isArray && /^\d+$/.test(key)) return `${path}[${key}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
}
