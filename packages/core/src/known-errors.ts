import { ambisyncErrors } from './errors.ts'

/** What every runtime has. */
const everywhere = new Set([
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'AggregateError',
])

/** What some runtimes have. Looked up each time: a polyfill may come later. */
const somewhere = new Set(['DOMException', 'SuppressedError'])

/** The prototype of an error class that needs no registration; undefined if there is none by this name here. */
export function knownErrorPrototype(name: string): Error | undefined {
  if (Object.hasOwn(ambisyncErrors, name)) return ambisyncErrors[name]?.prototype
  if (!isBuiltInError(name)) return undefined
  const { prototype } = Object(Reflect.get(globalThis, name)) as { readonly prototype?: unknown }
  if (prototype === Error.prototype) return Error.prototype
  return prototype instanceof Error ? prototype : undefined
}

export function isBuiltInError(name: string): boolean {
  return everywhere.has(name) || somewhere.has(name)
}

/** Every other end has it, too. */
export function isKnownEverywhere(name: string): boolean {
  return everywhere.has(name) || Object.hasOwn(ambisyncErrors, name)
}
