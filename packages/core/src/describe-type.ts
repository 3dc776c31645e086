/** What kind of thing a wrong argument is, for a message: `null`, `a string`, `an array`, `a Promise`. */
export function describeType(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return withArticle(typeof value)
  try {
    if (Array.isArray(value)) return 'an array'
    const tag = Object.prototype.toString.call(value)
    return tag === '[object Object]' ? 'an object' : describeTag(tag)
  } catch {
    // A revoked proxy, for one.
    return 'an object'
  }
}

/** The same of what `Object.prototype.toString` says: `an AbortSignal` for `[object AbortSignal]`. */
export function describeTag(tag: string): string {
  return withArticle(tag.slice('[object '.length, -1))
}

function withArticle(noun: string): string {
  // "An URL" and "an Uint8Array" would be wrong: they begin with the sound of "you".
  return /^(?!u(?:rl|int))[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`
}
