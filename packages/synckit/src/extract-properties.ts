/**
 * The enumerable properties of an object, those that it inherits among them: what synckit sends beside an error. Errors keep
 * theirs here without it.
 */
export function extractProperties<T extends object>(object: T): T
export function extractProperties(object?: unknown): Record<string, unknown> | undefined
export function extractProperties(object?: unknown): object | undefined {
  if (typeof object !== 'object' || object === null) return undefined
  const properties: Record<string, unknown> = {}
  for (const key in object) properties[key] = Reflect.get(object, key)
  return properties
}
