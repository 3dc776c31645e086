import { type ErrorContent, isError } from './error-content.ts'
import { registeredClassOf } from './registered-classes.ts'
import { thread } from './thread.ts'

/*
 * What structured clone gets wrong without saying so: a URL arrives as `{}`, a Buffer as a Uint8Array, an error without
 * its properties, an instance without its class. Beside the value goes what has to be done to its clone. It refers to
 * parts of the value by themselves: structured clone keeps identities within a message.
 */

/** A value as it is sent. */
export interface EncodedValue {
  readonly value: unknown
  /** Left out if the clone of `value` is right as it is. */
  readonly specials?: Specials
  /** How many objects it has, if it is a tree of plain data: see `tree.ts`. Adapters may carry those in their own way. */
  readonly tree?: number
}

/**
 * What has to be done to the clone of a value. It is part of the same message, or the references in it would be to
 * copies.
 */
export interface Specials {
  /** Parts that get the prototype of a class, by its name. */
  readonly prototypes?: readonly (readonly [name: string, instances: readonly object[]])[]
  /** What is to be made, by number. In its places stands nothing. */
  readonly contents?: readonly Content[]
  /** What to do, in this order: what a part needs comes before it, but in a cycle. */
  readonly steps?: readonly RestoreStep[]
  /** The number of the value itself, if that is to be made. */
  readonly root?: number
}

export type Content =
  | { readonly type: 'URL' | 'URLSearchParams'; readonly text: string }
  | { readonly type: 'Headers'; readonly entries: readonly (readonly [string, string])[] }
  | { readonly type: 'encoded'; readonly name: string; data: unknown }
  | ErrorContent

/** Put the content of a number in a place; complete that content; or fill a Map or Set. */
export type RestoreStep =
  | readonly [holder: object, key: string, number: number]
  | number
  | readonly [target: Map<unknown, unknown> | Set<unknown>, parts: readonly unknown[]]

/** What Buffers are called in {@link Specials.prototypes}. */
export const bufferName = 'Buffer'

/** Tags of what structured clone copies as it should, and has no parts. Own properties of those do not cross. */
const faithful = new Set(
  ['Date', 'RegExp', 'Boolean', 'Number', 'String', 'BigInt', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView'].map(
    (name) => `[object ${name}]`,
  ),
)

/** What has to be looked at on the way through a value. `replaced` is what something else is sent for. */
export type Kind = 'container' | 'whole' | 'replaced'

export function kindOf(value: object): Kind {
  if (isPlain(value)) return 'container'
  if (ArrayBuffer.isView(value)) return 'whole'
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) return 'container'
  if (isError(value) || registeredClassOf(value)?.codec !== undefined || isWebObject(value)) return 'replaced'
  return faithful.has(Object.prototype.toString.call(value)) ? 'whole' : 'container'
}

/** The class whose prototype the clone of a value has to be given. */
export function classInPlace(value: object): string | undefined {
  const { classes } = thread
  if (classes.byPrototype.size > 0) {
    const registered = registeredClassOf(value)
    if (registered !== undefined) return registered.codec === undefined && !isError(value) ? registered.name : undefined
  }
  return value instanceof Uint8Array && isBuffer(value) ? bufferName : undefined
}

/** An object without properties, of a class that is not the program's own: it may arrive as `{}`. */
export function mayBeLost(value: object): boolean {
  if (isPlain(value) || Array.isArray(value) || value instanceof Map || value instanceof Set) return false
  return Object.prototype.toString.call(value) !== '[object Object]' && Object.keys(value).length === 0
}

/** Whether there is anything in a value that needs more than being cloned. False as a rule, so this has to be fast. */
export function holdsSpecial(root: object): boolean {
  const stack = [root]
  const seen = new Set<object>()
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (seen.has(value)) continue
    seen.add(value)
    if (!isPlain(value)) {
      const kind = kindOf(value)
      if (kind === 'replaced' || classInPlace(value) !== undefined) return true
      if (kind === 'whole') continue
      if (mayBeLost(value)) return true
    }
    eachPart(value, (part) => stack.push(part))
  }
  return false
}

/** The objects that a container holds. A getter is not asked: structured clone reads it, and what it gives is cloned as it is. */
export function eachPart(container: object, visit: (part: object, key: string | number, isKey: boolean) => void): void {
  if (container instanceof Map) {
    let index = 0
    for (const [key, part] of container) {
      if (isObject(key)) visit(key, index, true)
      if (isObject(part)) visit(part, index, false)
      index++
    }
  } else if (container instanceof Set) {
    let index = 0
    for (const part of container) {
      if (isObject(part)) visit(part, index, true)
      index++
    }
  } else {
    for (const key of Object.keys(container)) {
      const part: unknown = Object.getOwnPropertyDescriptor(container, key)?.value
      if (isObject(part)) visit(part, key, false)
    }
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** What is sent for a value of a runtime's own class. */
export function webContent(value: object): Content | undefined {
  if (value instanceof URL) return { type: 'URL', text: value.href }
  if (value instanceof URLSearchParams) return { type: 'URLSearchParams', text: String(value) }
  if (value instanceof Headers) return { type: 'Headers', entries: [...value] }
  return undefined
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null
}

/** What is sent as its text or entries, by `webContent`. */
function isWebObject(value: unknown): boolean {
  return value instanceof URL || value instanceof URLSearchParams || value instanceof Headers
}

function isBuffer(bytes: Uint8Array): boolean {
  return globalThis.Buffer?.isBuffer(bytes) === true
}
