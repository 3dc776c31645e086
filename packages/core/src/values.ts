import { describeTag } from './describe-type.ts'
import { SilentLoss } from './special-values.ts'

/** A part of a value on the way down from the whole. Paths are put together for the one that is reported only. */
interface Part {
  readonly value: unknown
  readonly parent: Part | undefined
  /** How the parent's path leads to this one's. */
  readonly step: (parentPath: string) => string
}

/** What can be cloned as a rule: where such a value is refused, only the refusal itself says why. */
const cloneableTags = /^(Object|Array|Map|Set|Date|RegExp|Error|ArrayBuffer|SharedArrayBuffer|DataView|.*Array)$/

/**
 * What is wrong with a value that structured clone refused for `cause`, as a clause that names the part to blame as
 * the user would write it: `args[0].user.save is a function`. Does not throw, whatever the value is.
 */
export function explainRefusal(value: unknown, path: string, cause: unknown): string {
  try {
    if (cause instanceof SilentLoss) return cause.message
    // What a getter throws may be a RangeError, too.
    const isStackOverflow = cause instanceof RangeError && cause.message.includes('call stack')
    if (isStackOverflow) return `${path} cannot be cloned: it is nested too deeply`
    const part = findRefused(value, path)
    const where = pathOf(part)
    if (typeof part.value === 'function') return `${where} is a function`
    if (typeof part.value === 'symbol') return `${where} is a symbol`
    const tag = Object.prototype.toString.call(part.value).slice('[object '.length, -1)
    if (!cloneableTags.test(tag)) return `${where} is ${describeTag(`[object ${tag}]`)}`
    return `${where} cannot be cloned: ${cause instanceof Error ? cause.message : String(cause)}`
  } catch {
    return `${path} cannot be cloned, and cannot be looked into`
  }
}

/** The first part of a value that structured clone refuses by itself. */
function findRefused(value: unknown, path: string): Part {
  const whole: Part = { value, parent: undefined, step: () => path }
  const seen = new Set<unknown>()
  const stack: Part[] = [whole]
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (seen.has(part.value)) continue
    seen.add(part.value)
    const parts = partsOf(part)
    if (parts === undefined ? !isCloneable(part.value) : parts === 'unreadable') return part
    // Depth first, in the order in which structured clone goes.
    if (Array.isArray(parts)) for (let index = parts.length - 1; index >= 0; index--) stack.push(parts[index] as Part)
  }
  return deepestRefused(whole)
}

/** The container to blame where everything in it is fine: a proxy, say. */
function deepestRefused(whole: Part): Part {
  const seen = new Set<unknown>()
  let refused = whole
  for (;;) {
    seen.add(refused.value)
    const parts = partsOf(refused)
    const next = Array.isArray(parts) && parts.find((part) => !seen.has(part.value) && !isCloneable(part.value))
    if (!next) return refused
    refused = next
  }
}

function pathOf(part: Part): string {
  const steps: Part['step'][] = []
  for (let each: Part | undefined = part; each !== undefined; each = each.parent) steps.unshift(each.step)
  return steps.reduce((path, step) => step(path), '')
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
