/** A part of a value that structured clone refuses. */
export interface Refused {
  /** As the user would write it, e.g. `args[0].user.save`. */
  readonly path: string
  readonly value: unknown
}

/** A part of a value on the way down from the whole. Paths are put together for the one that is reported only. */
interface Part {
  readonly value: unknown
  readonly parent: Part | undefined
  /** How the parent's path leads to this one's. */
  readonly step: (parentPath: string) => string
}

/**
 * Finds the first part of a value that structured clone refuses by itself, so that an error can name its path.
 * Undefined if there is none: the whole may be nested too deeply, say. Only called after a refusal.
 */
export function findRefused(value: unknown, path: string): Refused | undefined {
  const seen = new Set<unknown>()
  const stack: Part[] = [{ value, parent: undefined, step: () => path }]
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (seen.has(part.value)) continue
    seen.add(part.value)
    const parts = partsOf(part)
    if (parts === undefined ? !isCloneable(part.value) : parts === 'unreadable') {
      return { path: pathOf(part), value: part.value }
    }
    // Depth first, in the order in which structured clone goes.
    if (Array.isArray(parts)) for (let index = parts.length - 1; index >= 0; index--) stack.push(parts[index] as Part)
  }
  return undefined
}

function pathOf(part: Part): string {
  const steps: Part['step'][] = []
  for (let each: Part | undefined = part; each !== undefined; each = each.parent) steps.unshift(each.step)
  return steps.reduce((path, step) => step(path), '')
}

/** What is wrong with a value that was refused for `cause`, as a clause: `args[0].save is a function`. */
export function explainRefusal(refused: Refused | undefined, path: string, cause: unknown): string {
  if (refused === undefined) {
    const why = cause instanceof RangeError ? 'it is nested too deeply' : String(cause)
    return `${path} cannot be cloned: ${why}`
  }
  const { value } = refused
  if (typeof value === 'function') return `${refused.path} is a function`
  if (typeof value === 'symbol') return `${refused.path} is a symbol`
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  const what = /^(Object|Array)$/.test(tag) ? `cannot be cloned: ${String(cause)}` : `is ${article(tag)} ${tag}`
  return `${refused.path} ${what}`
}

function article(noun: string): string {
  return /^[AEIOU]/i.test(noun) ? 'an' : 'a'
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

/** What a container holds; undefined for anything else; 'unreadable' if a getter in it throws. */
function partsOf(parent: Part): Part[] | 'unreadable' | undefined {
  const { value } = parent
  if (typeof value !== 'object' || value === null) return undefined
  if (value instanceof Map) {
    return [...value].flatMap(([key, item], index) => {
      const keyStep: Part['step'] = (path) => `[...${path}.keys()][${index}]`
      const get = typeof key === 'string' ? JSON.stringify(key) : undefined
      const step: Part['step'] = (path) => `${path}.get(${get ?? keyStep(path)})`
      return [
        { value: key, parent, step: keyStep },
        { value: item, parent, step },
      ]
    })
  }
  if (value instanceof Set) {
    return [...value].map((item, index) => ({ value: item, parent, step: (path) => `[...${path}][${index}]` }))
  }
  const isArray = Array.isArray(value)
  if (!isArray && Object.prototype.toString.call(value) !== '[object Object]') return undefined
  try {
    const keys = Object.keys(value)
    return keys.map((key) => ({ value: Reflect.get(value, key), parent, step: (path) => member(path, key, isArray) }))
  } catch {
    return 'unreadable'
  }
}

function member(path: string, key: string, isArray: boolean): string {
  if (isArray && /^\d+$/.test(key)) return `${path}[${key}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
}
