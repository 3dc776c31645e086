import { describeType } from './describe-type.ts'

/**
 * Checks that `options` is an object with no other keys than `names`.
 *
 * @param owner what the options are of, for the message
 * @throws {TypeError} naming the option that there is not, and those that there are
 */
export function checkOptionNames(options: unknown, names: readonly string[], owner: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`the options of ${owner} must be an object, not ${describeType(options)}`)
  }
  const unknown = Object.keys(options).find((key) => !names.includes(key))
  if (unknown === undefined) return
  throw new TypeError(`"${unknown}" is not an option of ${owner}; the options are: ${names.join(', ')}`)
}

/** @throws {TypeError} if it is neither an AbortSignal nor undefined */
export function checkSignal(signal: unknown): void {
  if (signal === undefined) return
  if (typeof signal === 'object' && signal !== null && isSignal(signal)) return
  throw new TypeError(`signal must be an AbortSignal, not ${describeType(signal)}`)
}

/** Also one of another realm, or of a library. */
function isSignal(value: object): boolean {
  const hasMethod = (name: string): boolean => typeof Reflect.get(value, name) === 'function'
  return 'aborted' in value && hasMethod('addEventListener') && hasMethod('removeEventListener')
}
