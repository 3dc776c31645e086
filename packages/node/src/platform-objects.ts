import { types } from 'node:util'
import { Serializer } from 'node:v8'
import { isBun } from './runtime-limits.ts'

/*
 * What only the platform can carry from thread to thread (a Blob, a CryptoKey, a stream) and bytes cannot. Node 20 has V8
 * ask what to do with such an object. Since Node 21 they are ordinary objects to V8, and its serializer makes `{}` of them
 * without a word; so they have to be looked for. Bun copies them, and shared memory, as if it were for another thread.
 */

/** A prototype whose instances structured clone makes plain objects of, as of those of any class. */
const ordinary = new WeakMap<object, boolean>()

let looks: boolean | undefined

/** The first object in a value that V8 would serialize as something else without saying so. Undefined as a rule. */
export function findPlatformObject(value: unknown): object | undefined {
  looks ??= isBun || isSerialized(new Blob([]))
  if (!looks || !isObject(value)) return undefined
  const seen = new Set<object>()
  const stack: object[] = [value]
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    if (seen.has(each)) continue
    seen.add(each)
    if (isOfPlatform(each)) return each
    for (const part of partsOf(each)) if (isObject(part)) stack.push(part)
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function* partsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value) || types.isProxy(value)) return
  if (value instanceof Map) for (const entry of value) yield* entry
  else if (value instanceof Set) yield* value
  // Of an error nothing else crosses.
  else if (types.isNativeError(value)) yield Object.getOwnPropertyDescriptor(value, 'cause')?.value
  // What getters give is plain as a rule, and they are not to run twice.
  else for (const key of Object.keys(value)) yield Object.getOwnPropertyDescriptor(value, key)?.value
}

function isOfPlatform(value: object): boolean {
  if (isBun && types.isSharedArrayBuffer(ArrayBuffer.isView(value) ? value.buffer : value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!isObject(prototype) || prototype === Object.prototype || prototype === Array.prototype) return false
  // V8 knows these by itself, whatever their prototype.
  if (types.isNativeError(value) || types.isMap(value) || types.isSet(value) || types.isDate(value)) return false
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value) || types.isRegExp(value)) return false
  if (types.isBoxedPrimitive(value) || types.isProxy(value)) return false
  let isOrdinary = ordinary.get(prototype)
  if (isOrdinary === undefined) {
    try {
      isOrdinary = Object.getPrototypeOf(structuredClone(value)) === Object.prototype
      ordinary.set(prototype, isOrdinary)
    } catch {
      if (isBun) return false
      // Something in it may be what is refused, and then V8 refuses it as well.
      isOrdinary = !isSerialized(value)
    }
  }
  return !isOrdinary
}

function isSerialized(value: unknown): boolean {
  try {
    return new Serializer().writeValue(value)
  } catch {
    return false
  }
}
