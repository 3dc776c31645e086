import { checkOptionNames } from './check-options.ts'
import { describeType } from './describe-type.ts'
import { knownErrorPrototype } from './known-errors.ts'
import { thread } from './thread.ts'

/** A class whose instances arrive as such. */
export interface RegisteredClass {
  readonly name: string
  readonly prototype: object
  /** Data in place of an instance, and back. Without it, the instance's own properties cross. */
  readonly codec: Codec | undefined
}

interface Codec {
  readonly encode: (instance: never) => unknown
  readonly decode: (data: never) => unknown
}

/** The classes that this thread knows. */
export interface ClassRegistry {
  readonly byName: Map<string, RegisteredClass>
  readonly byPrototype: Map<object, RegisteredClass>
}

export interface RegisterClassOptions<T extends object, D> {
  /** What both ends call the class; its own name by default. Needed where a minifier renames classes. */
  readonly name?: string | undefined
  /** The data that crosses in place of an instance, for classes with private fields. Needs `decode`. */
  readonly encode?: ((instance: T) => D) | undefined
  /** Makes an instance of what `encode` gave, as it arrived. Needs `encode`. */
  readonly decode?: ((data: D) => T) | undefined
}

/**
 * Has instances of a class cross between threads as what they are: arguments, results, errors, and anything within them.
 *
 * To be called at both ends, with the same name: by the caller, and at the end of the task module. It counts for the
 * whole thread. An instance is copied by its own enumerable properties and given the prototype of the class; the
 * constructor is not called. With `encode` and `decode`, the data that the one returns crosses in its place; it may hold
 * whatever may cross, but not the instance itself. Instances of a subclass that is not registered cross as they would
 * without this, but for errors, which arrive as the nearest class that both ends know.
 *
 * A value whose class is not registered where it arrives is a `SerializationError`.
 * @throws {TypeError} for what is not a class, a name that is missing or taken, a class that is registered otherwise or
 *   crosses as itself anyway, `encode` without `decode`, and both of them for an error
 * @example
 * registerClass(Point)
 * registerClass(Money, { encode: (money) => money.toString(), decode: (text) => Money.parse(text) })
 */
export function registerClass<T extends object, D = unknown>(
  Class: { readonly name: string; readonly prototype: T },
  options: RegisterClassOptions<T, D> = {},
): void {
  const isFunction = typeof (Class as unknown) === 'function'
  const prototype: unknown = isFunction ? Class.prototype : undefined
  if (typeof prototype !== 'object' || prototype === null) {
    throw new TypeError(`registerClass takes a class, not ${describeType(Class)}${arrowAdvice(Class)}`)
  }
  checkOptionNames(options, ['name', 'encode', 'decode'], 'registerClass')
  const { name = Class.name, encode, decode } = options
  if (typeof name !== 'string') throw new TypeError(`name must be a string, not ${describeType(name)}`)
  if (name === '') throw new TypeError('registerClass needs a name for a class without one: give the option "name"')
  const isError = prototype instanceof Error
  const codec = checkCodec(name, encode, decode, isError)
  const { byName, byPrototype } = thread.classes
  const registered = byPrototype.get(prototype)
  if (registered !== undefined) {
    const isSame =
      registered.name === name && registered.codec?.encode === encode && registered.codec?.decode === decode
    if (isSame) return
    throw new TypeError(`${name} is registered already, as "${registered.name}", or with other options`)
  }
  if (isBuiltIn(prototype)) throw new TypeError(`${name} is built in, and crosses without being registered`)
  if (name === 'Buffer') throw new TypeError('"Buffer" is the name of a class that is built in: give the option "name"')
  if (byName.has(name))
    throw new TypeError(`another class is registered as "${name}": give one of them the option "name"`)
  if (isError && knownErrorPrototype(name) !== undefined) {
    throw new TypeError(`"${name}" is the name of an error that is built in: give the option "name"`)
  }
  const web = [URL, URLSearchParams, Headers].find((each) => prototype instanceof each)
  if (web !== undefined && codec === undefined) {
    throw new TypeError(`${name} extends ${web.name}, which has no properties to copy: give "encode" and "decode"`)
  }
  const entry: RegisteredClass = { name, prototype, codec }
  byName.set(name, entry)
  byPrototype.set(prototype, entry)
}

/** What a value is registered as; of exactly its class. */
export function registeredClassOf(value: object): RegisteredClass | undefined {
  const { byPrototype } = thread.classes
  return byPrototype.size === 0 ? undefined : byPrototype.get(Object.getPrototypeOf(value))
}

function checkCodec(name: string, encode: unknown, decode: unknown, isError: boolean): Codec | undefined {
  for (const [key, f] of Object.entries({ encode, decode })) {
    if (f !== undefined && typeof f !== 'function')
      throw new TypeError(`${key} must be a function, not ${describeType(f)}`)
  }
  if (encode === undefined && decode === undefined) return undefined
  if (encode === undefined || decode === undefined) {
    const [given, missing] = encode === undefined ? ['decode', 'encode'] : ['encode', 'decode']
    throw new TypeError(`${name} has the option "${given}" and needs "${missing}" with it`)
  }
  if (isError) {
    throw new TypeError(`${name} is an error, which crosses by its own properties: leave out "encode" and "decode"`)
  }
  return { encode: encode as Codec['encode'], decode: decode as Codec['decode'] }
}

function arrowAdvice(value: unknown): string {
  return typeof value === 'function' ? ' that has no prototype' : ''
}

/** What crosses as itself, or is made anew at the other end. */
const builtIns: readonly string[] = [
  ...['Object', 'Array', 'Map', 'Set', 'Date', 'RegExp', 'Boolean', 'Number', 'String', 'BigInt', 'DataView'],
  ...['ArrayBuffer', 'SharedArrayBuffer', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...['Buffer', 'URL', 'URLSearchParams', 'Headers'],
]

function isBuiltIn(prototype: object): boolean {
  const made: unknown = Reflect.get(prototype, 'constructor')
  const { name } = Object(made) as { readonly name?: unknown }
  if (typeof name !== 'string') return false
  if (knownErrorPrototype(name) === prototype) return true
  return builtIns.includes(name) && Reflect.get(globalThis, name) === made
}
