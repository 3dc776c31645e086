import { AmbisyncError, ambisyncErrors } from './errors.ts'
import { isBuiltInError, isKnownEverywhere, knownErrorPrototype } from './known-errors.ts'
import { preview } from './preview.ts'
import { thread } from './thread.ts'

/*
 * Errors as data, and back. Structured clone keeps neither the class of an error that is not built in nor its own
 * properties, so errors cross as the names of their classes and all own properties but those keyed by symbols.
 */

/** Marks the frame below which a stack is the host's. A name made of a string, which no minifier changes. */
export const hostFrame = '<ambisync host>'

export interface ErrorContent {
  readonly type: 'Error'
  /** The classes that it is of and that have a name, nearest first. The last one is known at every end. */
  readonly classes: readonly string[]
  /** The first of them is the error's very own. */
  readonly exact?: true
  readonly fields: readonly ErrorField[]
}

export interface ErrorField {
  readonly key: string
  readonly enumerable: boolean
  /** Comes from the error's class, and is not needed where that is known. */
  readonly inherited?: true
  value: unknown
}

/** What a DOMException keeps in internal slots, behind getters. */
const domExceptionSlots: readonly string[] = ['message', 'name']

/** Also for errors of another realm, which `instanceof` does not know. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}

export function errorContent(error: Error): ErrorContent {
  const { classes, exact } = classesOf(error)
  const fields = Object.getOwnPropertyNames(error).map((key): ErrorField => {
    const { value, enumerable } = readProperty(error, key)
    return { key, enumerable, value: key === 'stack' ? cutHostFrames(value) : value }
  })
  const addInherited = (key: string, isExpected: (value: unknown) => boolean): void => {
    if (Object.hasOwn(error, key)) return
    const { value } = readProperty(error, key)
    if (!isExpected(value)) fields.push({ key, enumerable: false, value, ...(exact ? { inherited: true } : {}) })
  }
  if (classes.includes('DOMException')) {
    for (const key of ['name', 'message', 'stack']) addInherited(key, () => false)
  } else {
    // A class may have put its name on its prototype, or made its message a getter.
    const known = knownErrorPrototype(classes.at(-1) ?? 'Error')
    addInherited('name', (name) => name === known?.name)
    addInherited('message', (message) => message === '')
  }
  return { type: 'Error', classes, ...(exact ? { exact } : {}), fields }
}

/** An error without its properties, which may refer to it. */
export function createError({ classes, fields }: ErrorContent): Error {
  const prototype = classes.map(prototypeOf).find((known) => known !== undefined) ?? Error.prototype
  const error = isDomException(prototype) ? createDomException(fields) : new Error()
  // It would be made when it is first touched, by a `toString` and getters of the class, which are the user's. JavaScriptCore
  // has properties for the place as well, which is not the one where the error comes from.
  for (const key of Object.getOwnPropertyNames(error)) Reflect.deleteProperty(error, key)
  // Made by a constructor for the internal slots, then given its class.
  if (Object.getPrototypeOf(error) !== prototype) Object.setPrototypeOf(error, prototype)
  return error
}

export function fillError(error: Error, { classes, exact, fields }: ErrorContent): void {
  const isItself = exact === true && prototypeOf(classes[0] ?? '') === Object.getPrototypeOf(error)
  const isDom = isDomException(error)
  for (const { key, enumerable, inherited, value } of fields) {
    if (isDom ? domExceptionSlots.includes(key) : inherited && isItself) continue
    Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true })
  }
}

/** Fields with a note at the end of the stack. */
export function withNote(fields: readonly ErrorField[], note: string): ErrorField[] {
  const line = `\n    (${note})`
  const stack = fields.find(({ key }) => key === 'stack')
  if (stack === undefined) return [...fields, { key: 'stack', enumerable: false, value: note }]
  return fields.map((field) => (field === stack ? { ...field, value: `${preview(field.value)}${line}` } : field))
}

function classesOf(error: Error): Pick<ErrorContent, 'classes' | 'exact'> {
  const classes: string[] = []
  let exact = false
  let isFirst = true
  for (let each = Object.getPrototypeOf(error); each !== null; each = Object.getPrototypeOf(each)) {
    const name = nameOf(error, each)
    if (name !== undefined) {
      classes.push(name)
      exact ||= isFirst
      if (isKnownEverywhere(name)) break
    }
    isFirst = false
  }
  if (!isKnownEverywhere(classes.at(-1) ?? '')) classes.push('Error')
  return exact ? { classes, exact } : { classes }
}

/** What the other end may know a class by. */
function nameOf(error: Error, prototype: object): string | undefined {
  const registered = thread.classes.byPrototype.get(prototype)
  if (registered !== undefined) return registered.name
  const own = Object.getOwnPropertyDescriptor(prototype, 'name')?.value
  if (typeof own === 'string' && Object.hasOwn(ambisyncErrors, own) && error instanceof AmbisyncError) return own
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  const name: unknown = typeof made === 'function' ? made.name : undefined
  return typeof name === 'string' && isBuiltInError(name) ? name : undefined
}

function prototypeOf(name: string): Error | undefined {
  const registered = thread.classes.byName.get(name)?.prototype
  return registered instanceof Error ? registered : knownErrorPrototype(name)
}

function isDomException(value: Error): boolean {
  const prototype = knownErrorPrototype('DOMException')
  return prototype !== undefined && (value === prototype || Object.prototype.isPrototypeOf.call(prototype, value))
}

function createDomException(fields: readonly ErrorField[]): DOMException {
  const text = (wanted: string): string => {
    const value = fields.find(({ key }) => key === wanted)?.value
    return value === undefined ? '' : preview(value)
  }
  return new DOMException(text('message'), text('name'))
}

/** The frames of ours below the task's own are of no use to its author. */
export function cutHostFrames(stack: unknown): unknown {
  if (typeof stack !== 'string' || !stack.includes(hostFrame)) return stack
  return stack.slice(0, stack.lastIndexOf('\n', stack.indexOf(hostFrame)))
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
