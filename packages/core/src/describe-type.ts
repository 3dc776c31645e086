/** What kind of thing a wrong argument is, for a message: `null`, `a string`, `an object`. */
export function describeType(value: unknown): string {
  return value === null || value === undefined ? String(value) : withArticle(typeof value)
}

/** The same of what `Object.prototype.toString` says: `an AbortSignal` for `[object AbortSignal]`. */
export function describeTag(tag: string): string {
  return withArticle(tag.slice('[object '.length, -1))
}

function withArticle(noun: string): string {
  // "An URL" and "an Uint8Array" would be wrong: they begin with the sound of "you".
  return /^(?!u(?:rl|int))[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`
}
