/** `{ [key]: value }`, or nothing at all where the value is undefined: for envelopes, in which absence costs nothing. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
}
