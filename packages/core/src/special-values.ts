import { describeTag } from './describe-type.ts'
import type { EncodedThrown } from './protocol.ts'
import { decodeThrown, encodeThrown } from './thrown.ts'

/*
 * What structured clone gets wrong without saying so: a URL arrives as `{}`, a Buffer as a Uint8Array, an error without
 * its properties. The value is cloned as it is, and beside it goes a list of the places where the other side has to put
 * something else. Where nothing can be put, such as for an AbortSignal, the value is refused.
 */

/** A place in a value, and what belongs there. Places that hold the same object have the same number. */
export interface Special {
  readonly path: readonly Step[]
  readonly number: number
  readonly content: Content
}

/** From a container to a part of it: a property, the value of the n-th entry of a Map, or the n-th key or element. */
export type Step = string | { readonly entry: number } | { readonly element: number }

export type Content =
  | { readonly type: 'Buffer' }
  | { readonly type: 'URL' | 'URLSearchParams'; readonly text: string }
  | { readonly type: 'Headers'; readonly entries: readonly (readonly [string, string])[] }
  | { readonly type: 'Error'; readonly thrown: EncodedThrown }

/** A value that would arrive as an empty object. Its message is a clause: `args[0].signal is an AbortSignal, …`. */
export class SilentLoss extends Error {}

interface Node {
  readonly value: object
  readonly parent: Node | undefined
  readonly step: Step
}

/** Tags of what structured clone copies as it should. */
const faithful = new Set(
  ['Date', 'RegExp', 'Boolean', 'Number', 'String', 'BigInt', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView'].map(
    (name) => `[object ${name}]`,
  ),
)

/**
 * The special places of a value that is about to be cloned; undefined if there are none, as a rule.
 *
 * @param name what the value is called in a message
 * @throws {SilentLoss} for what would arrive as an empty object
 */
export function findSpecials(value: unknown, name: string): Special[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  let specials: Special[] | undefined
  const numbers = new Map<object, number>()
  const seen = new Set<object>()
  const stack: Node[] = [{ value, parent: undefined, step: '' }]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const content = contentOf(node.value)
    if (content !== undefined) {
      const number = numbers.get(node.value) ?? numbers.size
      numbers.set(node.value, number)
      specials ??= []
      specials.push({ path: pathOf(node), number, content })
    } else if (!seen.has(node.value)) {
      seen.add(node.value)
      pushParts(node, stack, name)
    }
  }
  return specials
}

/** Puts what belongs there in the places of a cloned value, and returns the value. */
export function restoreSpecials(value: unknown, specials: readonly Special[] | undefined): unknown {
  if (specials === undefined) return value
  const restored = new Map<number, unknown>()
  let root = value
  for (const { path, number, content } of specials) {
    const parent = path.slice(0, -1).reduce<unknown>((container, step) => read(container, step), root)
    const last = path.at(-1)
    const present = last === undefined ? root : read(parent, last)
    if (!restored.has(number)) restored.set(number, restore(content, present))
    if (last === undefined) root = restored.get(number)
    else write(parent, last, restored.get(number))
  }
  return root
}

function contentOf(value: object): Content | undefined {
  if (value instanceof Uint8Array) return isBuffer(value) ? { type: 'Buffer' } : undefined
  if (value instanceof Error) return { type: 'Error', thrown: encodeThrown(value) }
  if (value instanceof URL) return { type: 'URL', text: value.href }
  if (value instanceof URLSearchParams) return { type: 'URLSearchParams', text: String(value) }
  if (value instanceof Headers) return { type: 'Headers', entries: [...value] }
  return undefined
}

function restore(content: Content, present: unknown): unknown {
  switch (content.type) {
    case 'Buffer':
      return present instanceof Uint8Array ? toBuffer(present) : present
    case 'URL':
      return new URL(content.text)
    case 'URLSearchParams':
      return new URLSearchParams(content.text)
    case 'Headers':
      return new Headers(content.entries.map(([name, text]) => [name, text]))
    case 'Error':
      return decodeThrown(content.thrown)
  }
}

function isBuffer(bytes: Uint8Array): boolean {
  return globalThis.Buffer?.isBuffer(bytes) === true
}

/** The same memory; what it is on a runtime without Buffer. */
function toBuffer(bytes: Uint8Array): Uint8Array {
  return globalThis.Buffer?.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) ?? bytes
}

function pushParts(node: Node, stack: Node[], name: string): void {
  const { value } = node
  const push = (part: unknown, step: Step): void => {
    if (typeof part === 'object' && part !== null) stack.push({ value: part, parent: node, step })
  }
  if (ArrayBuffer.isView(value)) return
  if (value instanceof Map) {
    let index = 0
    for (const [key, part] of value) {
      push(key, { element: index })
      push(part, { entry: index++ })
    }
  } else if (value instanceof Set) {
    let index = 0
    for (const part of value) push(part, { element: index++ })
  } else {
    const prototype = Object.getPrototypeOf(value)
    const isPlain = prototype === Object.prototype || prototype === null || Array.isArray(value)
    const keys = Object.keys(value)
    if (!isPlain && keys.length === 0) checkNotLost(node, name)
    for (const key of keys) {
      // A getter is not asked twice: structured clone reads it, and what it gives then is cloned as it is.
      const descriptor = Object.getOwnPropertyDescriptor(value, key)
      if (descriptor !== undefined && 'value' in descriptor) push(descriptor.value, key)
    }
  }
}

/** An object of some class without properties: structured clone may know it, or make `{}` of it. */
function checkNotLost(node: Node, name: string): void {
  const tag = Object.prototype.toString.call(node.value)
  // An instance of a class of the program's own is what it has in it: nothing.
  if (tag === '[object Object]' || faithful.has(tag)) return
  let cloned: unknown
  try {
    cloned = structuredClone(node.value)
  } catch {
    // Refused, and so it will be when it is sent.
    return
  }
  if (Object.prototype.toString.call(cloned) === tag) return
  const path = pathOf(node).reduce<string>((text, step) => describeStep(text, step), name)
  throw new SilentLoss(`${path} is ${describeTag(tag)}, which would arrive as an empty object`)
}

function pathOf(node: Node): Step[] {
  const path: Step[] = []
  for (let each = node; each.parent !== undefined; each = each.parent) path.unshift(each.step)
  return path
}

function describeStep(path: string, step: Step): string {
  if (typeof step === 'object')
    return 'entry' in step ? `[...${path}][${step.entry}][1]` : `[...${path}][${step.element}]`
  if (/^\d+$/.test(step)) return `${path}[${step}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(step) ? `${path}.${step}` : `${path}[${JSON.stringify(step)}]`
}

function read(container: unknown, step: Step): unknown {
  if (typeof step === 'string') return Reflect.get(container as object, step)
  if ('entry' in step) return [...(container as Map<unknown, unknown>).values()][step.entry]
  return [...(container as Map<unknown, unknown> | Set<unknown>).keys()][step.element]
}

function write(container: unknown, step: Step, value: unknown): void {
  if (typeof step === 'string') {
    Object.defineProperty(container, step, { value, enumerable: true, writable: true, configurable: true })
  } else if ('entry' in step) {
    const map = container as Map<unknown, unknown>
    map.set([...map.keys()][step.entry], value)
  } else {
    replaceElement(container as Map<unknown, unknown> | Set<unknown>, step.element, value)
  }
}

/** In its place, which takes all of them out and in again. */
function replaceElement(container: Map<unknown, unknown> | Set<unknown>, index: number, value: unknown): void {
  if (container instanceof Map) {
    const entries = [...container]
    container.clear()
    for (const [position, [key, item]] of entries.entries()) container.set(position === index ? value : key, item)
  } else {
    const elements = [...container]
    container.clear()
    for (const [position, item] of elements.entries()) container.add(position === index ? value : item)
  }
}
