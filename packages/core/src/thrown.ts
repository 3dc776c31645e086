import { AmbisyncError, ambisyncErrors, SerializationError } from './errors.ts'
import type { EncodedError, EncodedField, EncodedThrown } from './protocol.ts'
import { isCloneable } from './values.ts'

/**
 * Thrown values as data, and back.
 *
 * Structured clone keeps neither the class of an error that is not built in nor its own properties, so errors
 * cross as the name of the nearest class that both ends know and all own properties but those keyed by symbols.
 */

/** Marks the frame below which a stack is the host's. A name made of a string, which no minifier changes. */
export const hostFrame = '<ambisync host>'

type ErrorPrototypes = Readonly<Record<string, { readonly prototype: Error }>>

const builtInErrors: ErrorPrototypes = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
}

/** What a DOMException keeps in internal slots, behind getters. */
const domExceptionSlots: readonly string[] = ['message', 'name']

export function encodeThrown(thrown: unknown): EncodedThrown {
  const found: Error[] = []
  const positions = new Map<Error, number>()
  const encodeItem = (value: unknown): EncodedField => (isError(value) ? encodeField(value) : { kind: 'value', value })
  const encodeField = (value: unknown): EncodedField => {
    if (isError(value)) {
      let index = positions.get(value)
      if (index === undefined) {
        index = found.push(value) - 1
        positions.set(value, index)
      }
      return { kind: 'error', index }
    }
    if (Array.isArray(value) && value.some(isError)) return { kind: 'list', items: value.map(encodeItem) }
    return { kind: 'value', value }
  }
  const root = encodeField(thrown)
  const errors: EncodedError[] = []
  // The list grows while it is read: encoding an error finds those that it refers to.
  for (let index = 0; index < found.length; index++) errors.push(encodeError(found[index] as Error, encodeField))
  return { errors, root }
}

/** What to send of a thrown value where sending it whole has failed: less and less, and in the end only that it was thrown. */
function* reducedThrown(thrown: unknown): Generator<EncodedThrown> {
  try {
    yield withoutUncloneable(encodeThrown(thrown))
  } catch {
    // It cannot even be looked at, such as a revoked proxy.
  }
  const message = `what was thrown cannot be cloned: ${preview(thrown)}`
  yield encodeThrown(new SerializationError(message))
}

/**
 * Sends a thrown value, whatever it is, by `post`, which throws what structured clone does. Never fails for the
 * value's sake.
 */
export function postThrown(thrown: unknown, post: (encoded: EncodedThrown) => void): void {
  try {
    post(encodeThrown(thrown))
    return
  } catch {
    // It takes less.
  }
  for (const encoded of reducedThrown(thrown)) {
    try {
      post(encoded)
      return
    } catch {
      // It takes still less.
    }
  }
}

/** A thrown value as data that can be cloned for certain. */
export function cloneableThrown(thrown: unknown): EncodedThrown {
  let encoded: EncodedThrown | undefined
  postThrown(thrown, (attempt) => {
    encoded = structuredClone(attempt)
  })
  return encoded ?? encodeThrown(new SerializationError('what was thrown cannot be cloned'))
}

/** Leaves out the properties that cannot be cloned, and says so at the end of the stack. */
function withoutUncloneable({ errors, root }: EncodedThrown): EncodedThrown {
  const kept = errors.map(({ type, fields }) => {
    const cloneable = fields.filter(({ field }) => isCloneable(field))
    const lost = fields.filter((field) => !cloneable.includes(field)).map(({ key }) => key)
    if (lost.length === 0) return { type, fields }
    const note = `\n    (cannot be cloned and did not cross: ${lost.join(', ')})`
    return { type, fields: cloneable.map((entry) => (entry.key === 'stack' ? appendNote(entry, note) : entry)) }
  })
  return { errors: kept, root }
}

export function decodeThrown({ errors, root }: EncodedThrown): unknown {
  const decoded = errors.map(({ type, fields }) => createError(type, fields))
  const decodeField = (field: EncodedField): unknown => {
    if (field.kind === 'error') return decoded[field.index]
    if (field.kind === 'list') return field.items.map(decodeField)
    return field.value
  }
  errors.forEach(({ type, fields }, index) => {
    for (const { key, enumerable, field } of fields) {
      if (type === 'DOMException' && domExceptionSlots.includes(key)) continue
      const value = decodeField(field)
      Object.defineProperty(decoded[index], key, { value, enumerable, writable: true, configurable: true })
    }
  })
  return decodeField(root)
}

function encodeError(error: Error, encodeField: (value: unknown) => EncodedField): EncodedError {
  const fields: EncodedError['fields'][number][] = []
  const type = nearestType(error)
  for (const key of Object.getOwnPropertyNames(error)) {
    const { value, enumerable } = readProperty(error, key)
    fields.push({ key, enumerable, field: encodeField(key === 'stack' ? cutHostFrames(value) : value) })
  }
  const addInherited = (key: string): void => {
    if (!Object.hasOwn(error, key))
      fields.push({ key, enumerable: false, field: encodeField(readProperty(error, key).value) })
  }
  // A class may have put its name on its prototype.
  if (type === 'DOMException') for (const key of ['name', 'stack']) addInherited(key)
  else if (error.name !== prototypeOf(type).name) addInherited('name')
  // Or made its message a getter.
  if (error.message !== '') addInherited('message')
  return { type, fields }
}

/** The frames of ours below the task's own are of no use to its author. */
function cutHostFrames(stack: unknown): unknown {
  if (typeof stack !== 'string' || !stack.includes(hostFrame)) return stack
  return stack.slice(0, stack.lastIndexOf('\n', stack.indexOf(hostFrame)))
}

function nearestType(error: Error): string {
  if (error instanceof AmbisyncError) {
    const ours = Object.keys(ambisyncErrors).find((type) => type === error.name)
    if (ours !== undefined) return ours
  }
  for (let prototype = Object.getPrototypeOf(error); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    const type = Object.hasOwn(prototype, 'constructor') ? String(prototype.constructor?.name) : ''
    if (Object.hasOwn(builtInErrors, type) || type === 'DOMException') return type
  }
  return 'Error'
}

function prototypeOf(type: string): Error {
  return (ambisyncErrors[type] ?? builtInErrors[type] ?? Error).prototype
}

function createError(type: string, fields: EncodedError['fields']): Error {
  if (type === 'DOMException') {
    const text = (key: string): string => {
      const field = fields.find((entry) => entry.key === key)?.field
      return field?.kind === 'value' ? String(field.value) : ''
    }
    return new DOMException(text('message'), text('name'))
  }
  // Made by `Error` for the internal slot that `isError` and inspectors look at; then it is given its class.
  const error = new Error()
  Object.setPrototypeOf(error, prototypeOf(type))
  return error
}

/** A getter may throw, and so may V8 when it is to make a stack of an odd name. */
function readProperty(error: Error, key: string): { value: unknown; enumerable: boolean } {
  try {
    const enumerable = Object.getOwnPropertyDescriptor(error, key)?.enumerable === true
    return { value: Reflect.get(error, key), enumerable }
  } catch (thrown) {
    return { value: `(reading it threw: ${preview(thrown)})`, enumerable: false }
  }
}

/** Also for errors of another realm, which `instanceof` does not know. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}

function appendNote(entry: EncodedError['fields'][number], note: string): EncodedError['fields'][number] {
  const value = entry.field.kind === 'value' ? `${entry.field.value}${note}` : note
  return { ...entry, field: { kind: 'value', value } }
}

/** A value in words, also where it resists. */
export function preview(value: unknown): string {
  try {
    return String(value)
  } catch {
    return `a value of type ${typeof value} that cannot be shown`
  }
}
