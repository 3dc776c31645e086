import { createError, fillError, isError } from './error-content.ts'
import { preview } from './preview.ts'
import { bufferName, type Content, type EncodedValue, eachPart, isObject, type Specials } from './special-values.ts'
import { thread } from './thread.ts'
import { describePath, type Step } from './value-path.ts'

/** What arrived cannot be made into what was sent. Its message is a clause: `args[0].price is a Money, …`. */
export class Undecodable extends Error {}

/** Something of a class that is not known here, or whose `decode` fails. */
interface Problem {
  /** What stands in its place. */
  readonly standIn: unknown
  readonly why: string
  readonly cause?: unknown
}

/** How this end is called in messages, and what its values are. */
export interface Arrival {
  /** `args`, `result`. */
  readonly name: string
  readonly at: "on the task's thread" | "on the caller's thread"
}

/** Whether decoding it runs code of the user's, which must not happen in the middle of a look at the channels. */
export function runsDecode({ specials }: EncodedValue): boolean {
  return specials?.contents?.some(({ type }) => type === 'encoded') === true
}

/**
 * What was given to `encodeValue`, made of what has arrived. Runs `decode` of registered classes.
 *
 * @throws {Undecodable} where a class is not known here
 */
export function decodeValue(encoded: EncodedValue, arrival: Arrival): unknown {
  if (encoded.specials === undefined) return encoded.value
  const { value, problems } = restore(encoded.value, encoded.specials, arrival, standInObject)
  const [problem] = problems
  if (problem === undefined) return value
  throw undecodable(problem, value, arrival)
}

/** The same for a list, of which the items before the first that cannot be made are given, and why there are no more. */
export function decodeItems(
  encoded: EncodedValue,
  arrival: Arrival,
): { readonly items: readonly unknown[]; readonly refusal?: Undecodable } {
  if (encoded.specials === undefined) return { items: encoded.value as readonly unknown[] }
  const { value, problems } = restore(encoded.value, encoded.specials, arrival, standInObject)
  const items = value as readonly unknown[]
  const [problem] = problems
  if (problem === undefined) return { items }
  for (const [index, item] of items.entries()) {
    const found = problems.find(({ standIn }) => isObject(standIn) && findPath(item, standIn) !== undefined)
    if (found !== undefined) return { items: items.slice(0, index), refusal: undecodable(found, item, arrival) }
  }
  return { items: [], refusal: undecodable(problem, value, arrival) }
}

/** The same, where as much as possible has to arrive: what cannot be made is left as the data that it came as. */
export function decodeLeniently(
  { value: sent, specials }: EncodedValue,
  arrival: Arrival,
): { readonly value: unknown; readonly problems: readonly string[] } {
  if (specials === undefined) return { value: sent, problems: [] }
  const { value, problems } = restore(sent, specials, arrival, (data) => data)
  return { value, problems: problems.map((problem) => describe(problem, value, arrival)) }
}

/** Something that can be found in the whole. */
function standInObject(data: unknown): object {
  return isObject(data) ? data : {}
}

function undecodable(problem: Problem, value: unknown, arrival: Arrival): Undecodable {
  return new Undecodable(describe(problem, value, arrival), 'cause' in problem ? { cause: problem.cause } : undefined)
}

function restore(
  value: unknown,
  { prototypes = [], contents = [], steps = [], root }: Specials,
  { at }: Arrival,
  standInFor: (data: unknown) => unknown,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  for (const [name, instances] of prototypes) {
    const prototype = prototypeInPlace(name)
    if (prototype !== undefined) for (const instance of instances) Object.setPrototypeOf(instance, prototype)
    else for (const standIn of instances) problems.push({ standIn, why: unknownClass(name, at) })
  }
  const made = contents.map(begin)
  for (const step of steps) {
    if (typeof step === 'number') complete(step)
    else if (step.length === 3) put(step[0], step[1], made[step[2]])
    else fill(...step)
  }
  return { value: root === undefined ? value : made[root], problems }

  function complete(number: number): void {
    const content = contents[number]
    const begun = made[number]
    if (content?.type === 'Error' && isError(begun)) fillError(begun, content)
    else if (content?.type === 'encoded') made[number] = decode(content)
  }

  function decode({ name, data }: Extract<Content, { type: 'encoded' }>): unknown {
    const known = thread.classes.byName.get(name)
    const fail = (why: string, cause?: { readonly cause: unknown }): unknown => {
      const standIn = standInFor(data)
      problems.push({ standIn, why, ...cause })
      return standIn
    }
    if (known?.codec === undefined) return fail(unknownClass(name, at))
    // It would be given data in place of an instance.
    if (problems.length > 0) return data
    let decoded: unknown
    try {
      decoded = known.codec.decode(data as never)
    } catch (cause) {
      return fail(`is a ${name}, whose decode threw ${preview(cause)} ${at}`, { cause })
    }
    if (isObject(decoded) && Object.prototype.isPrototypeOf.call(known.prototype, decoded)) return decoded
    return fail(`is a ${name}, whose decode returned something else ${at}: ${preview(decoded)}`)
  }
}

function unknownClass(name: string, at: string): string {
  const known = thread.classes.byName.get(name)
  if (known === undefined) return `is a ${name}, a class that is not registered ${at}; call registerClass there, too`
  const how = known.codec === undefined ? 'without encode and decode' : 'with encode and decode'
  return `is a ${name}, which is registered ${how} ${at} and not so where it was sent; do so at both ends`
}

/** Undefined if instances of that class cannot be made in place here. */
function prototypeInPlace(name: string): object | undefined {
  // A Uint8Array on a runtime without Buffer.
  if (name === bufferName) return globalThis.Buffer?.prototype ?? Uint8Array.prototype
  const known = thread.classes.byName.get(name)
  return known?.codec === undefined ? known?.prototype : undefined
}

/** What has parts that may refer back to it is made before them. */
function begin(content: Content): unknown {
  switch (content.type) {
    case 'URL':
      return new URL(content.text)
    case 'URLSearchParams':
      return new URLSearchParams(content.text)
    case 'Headers':
      return new Headers(content.entries.map(([name, text]) => [name, text]))
    case 'Error':
      return createError(content)
    case 'encoded':
      return undefined
  }
}

/** Also where the name is `__proto__`, or the place may not be written to otherwise. */
function put(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true })
}

function fill(target: Map<unknown, unknown> | Set<unknown>, parts: readonly unknown[]): void {
  if (target instanceof Map)
    for (let index = 0; index < parts.length; index += 2) target.set(parts[index], parts[index + 1])
  else for (const part of parts) target.add(part)
}

function describe({ standIn, why }: Problem, value: unknown, { name }: Arrival): string {
  const steps = isObject(standIn) ? findPath(value, standIn) : undefined
  return `${steps === undefined ? `something in ${name}` : describePath(name, steps)} ${why}`
}

/** The way from a value to an object in it. */
function findPath(root: unknown, wanted: object): Step[] | undefined {
  if (!isObject(root)) return undefined
  interface Place {
    readonly object: object
    readonly steps: readonly Step[]
  }
  const seen = new Set<object>()
  const stack: Place[] = [{ object: root, steps: [] }]
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const { object, steps } = place
    if (object === wanted) return [...steps]
    if (seen.has(object) || ArrayBuffer.isView(object)) continue
    seen.add(object)
    const visit = (part: object, key: string | number, isKey: boolean): void => {
      const step: Step = typeof key === 'string' ? key : isKey ? { element: key } : { entry: key }
      stack.push({ object: part, steps: [...steps, step] })
    }
    if (isError(object)) {
      for (const key of Object.getOwnPropertyNames(object)) {
        const part: unknown = Object.getOwnPropertyDescriptor(object, key)?.value
        if (isObject(part)) visit(part, key, false)
      }
    } else {
      eachPart(object, visit)
    }
  }
  return undefined
}
