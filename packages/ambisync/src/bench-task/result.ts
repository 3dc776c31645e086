import { isDeepStrictEqual } from 'node:util'
import { deserialize, serialize } from 'node:v8'

/** What was returned, as it can be written down and compared with what another thread or process gave. */
export type Kept = Buffer

/** All items of what a generator gives, asynchronous or not, or the value itself. */
export async function allOf(returned: unknown): Promise<unknown> {
  const value: unknown = await returned
  if (typeof value !== 'object' || value === null || !(Symbol.asyncIterator in value)) return allOfSync(value)
  const items: unknown[] = []
  for await (const item of value as AsyncIterable<unknown>) items.push(item)
  return items
}

/** The same of what a blocking call returned. */
export function allOfSync(value: unknown): unknown {
  const isStream =
    typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value && 'return' in value
  return isStream ? [...(value as Iterable<unknown>)] : value
}

/** Undefined for what structured clone does not take: such a result cannot be compared. */
export function keep(value: unknown): Kept | undefined {
  try {
    return serialize(value)
  } catch {
    return undefined
  }
}

/** Whether it is what was kept. Prototypes do not count: they are not kept either. */
export function isSame(value: unknown, kept: Kept): boolean {
  const other = keep(value)
  return other !== undefined && (other.equals(kept) || isDeepStrictEqual(deserialize(other), deserialize(kept)))
}
