/** What stands before each part of a clone. */
export const PRIMITIVE = 0
export const BIGINT = 1
/** One that came before, by its number: objects are counted as they begin. */
export const REFERENCE = 2
export const OBJECT = 3
export const ARRAY = 4
/** An array with holes, or with properties of its own. */
export const SPARSE_ARRAY = 5
export const MAP = 6
export const SET = 7
export const DATE = 8
export const REGEXP = 9
export const BOXED = 10
export const ERROR = 11
export const BUFFER = 12
export const RESIZABLE_BUFFER = 13
export const VIEW = 14

interface ViewConstructor {
  readonly prototype: object
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView
}

/** The views that this browser has. Both ends are of one browser. */
export const views: readonly ViewConstructor[] = [
  ...['DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
  ...['Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'Float16Array'],
]
  .map((name): unknown => Reflect.get(globalThis, name))
  .filter(isConstructor)

function isConstructor(value: unknown): value is ViewConstructor {
  return typeof value === 'function'
}

/** The classes of errors that structured clone keeps; all else is an `Error` to it. */
export const errors: readonly ErrorConstructor[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
]
