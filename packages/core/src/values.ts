import { describeTag } from './describe-type.ts'
import { Unsendable } from './encode-value.ts'
import { isError } from './error-content.ts'
import { registeredClassOf } from './registered-classes.ts'
import { isWebObject } from './special-values.ts'
import { explainTransferRefusal, type TransferList } from './transfer.ts'
import { describeMember, describePath } from './value-path.ts'

/** A part of a value on the way down from the whole. Paths are put together for the one that is reported only. */
interface Part {
  readonly value: unknown
  readonly parent: Part | undefined
  /** How the parent's path leads to this one's. */
  readonly step: (parentPath: string) => string
}

/** What can be cloned as a rule: where such a value is refused, only the refusal itself says why. */
const cloneableTags = /^(Object|Array|Map|Set|Date|RegExp|Error|ArrayBuffer|SharedArrayBuffer|DataView|.*Array)$/

const callbackAdvice = '; as a callback it has to be an argument, or a property of one'

/**
 * What is wrong with a value that structured clone refused for `cause`, as a clause that names the part to blame as
 * the user would write it: `args[0].user.save is a function`. Does not throw, whatever the value is.
 *
 * @param transfer what was to be moved with it
 */
export function explainRefusal(value: unknown, path: string, cause: unknown, transfer: TransferList = []): string {
  try {
    const untransferable = explainTransferRefusal(transfer, cause)
    if (untransferable !== undefined) return untransferable
    if (cause instanceof Unsendable) return cause.message
    // What a getter throws may be a RangeError, too.
    const isStackOverflow = cause instanceof RangeError && cause.message.includes('call stack')
    if (isStackOverflow) return `${path} cannot be cloned: it is nested too deeply`
    const part = findRefused(value, path, new Set(transfer))
    const where = pathOf(part)
    if (typeof part.value === 'function') return `${where} is a function${path === 'args' ? callbackAdvice : ''}`
    if (typeof part.value === 'symbol') return `${where} is a symbol`
    const tag = Object.prototype.toString.call(part.value).slice('[object '.length, -1)
    if (!cloneableTags.test(tag))
      return `${where} is ${describeTag(`[object ${classOf(part.value, tag)}]`)}${transferAdvice(cause)}`
    return `${where} cannot be cloned: ${cause instanceof Error ? cause.message : String(cause)}`
  } catch {
    return `${path} cannot be cloned, and cannot be looked into`
  }
}

/** A MessagePort, say, has the tag of an EventTarget. */
function classOf(value: unknown, tag: string): string {
  const name: unknown = Object(value).constructor?.name
  return typeof name === 'string' && name !== '' ? name : tag
}

function transferAdvice(cause: unknown): string {
  const { code } = Object(cause) as { readonly code?: unknown }
  return code === 'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST' ? ', which is not copied; transfer it' : ''
}

/** The `cause` of an error about a refusal: what the user's own code threw, or structured clone. */
export function causeOfRefusal(refusal: unknown): ErrorOptions {
  if (!(refusal instanceof Unsendable)) return { cause: refusal }
  return 'cause' in refusal ? { cause: refusal.cause } : {}
}

/** The first part of a value that structured clone refuses by itself. */
function findRefused(value: unknown, path: string, moved: ReadonlySet<unknown>): Part {
  const whole: Part = { value, parent: undefined, step: () => path }
  const seen = new Set<unknown>(moved)
  const stack: Part[] = [whole]
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (seen.has(part.value)) continue
    seen.add(part.value)
    const parts = partsOf(part)
    if (parts === undefined ? !isCloneable(part.value) : parts === 'unreadable') return part
    // Depth first, in the order in which structured clone goes.
    if (Array.isArray(parts)) for (let index = parts.length - 1; index >= 0; index--) stack.push(parts[index] as Part)
  }
  return deepestRefused(whole, moved)
}

/** The container to blame where everything in it is fine: a proxy, say. */
function deepestRefused(whole: Part, moved: ReadonlySet<unknown>): Part {
  const seen = new Set<unknown>(moved)
  let refused = whole
  for (;;) {
    seen.add(refused.value)
    const parts = partsOf(refused)
    const next =
      Array.isArray(parts) &&
      parts.find((part) => !seen.has(part.value) && !isWebObject(part.value) && !isCloneable(part.value))
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
  if (isError(value)) {
    const keys = Object.getOwnPropertyNames(value)
    return keys.map((key) => ({ value: readable(value, key), parent, step: (path) => describeMember(path, key) }))
  }
  // Newer runtimes refuse to clone them; they are not sent as they are.
  if (isWebObject(value)) return []
  const codec = registeredClassOf(value)?.codec
  if (codec !== undefined) {
    return [{ value: codec.encode(value as never), parent, step: (path) => describePath(path, [{ codec: true }]) }]
  }
  const isArray = Array.isArray(value)
  if (!isArray && Object.prototype.toString.call(value) !== '[object Object]') return undefined
  try {
    const keys = Object.keys(value)
    return keys.map((key) => ({ value: Reflect.get(value, key), parent, step: (path) => describeMember(path, key) }))
  } catch {
    return 'unreadable'
  }
}

/** What a getter that throws gives crosses as a note. */
function readable(error: Error, key: string): unknown {
  try {
    return Reflect.get(error, key)
  } catch {
    return undefined
  }
}
