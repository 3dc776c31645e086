import { describeTag } from './describe-type.ts'
import { type ErrorContent, errorContent, isError, withNote } from './error-content.ts'
import { optional } from './optional.ts'
import { preview } from './preview.ts'
import { registeredClassOf } from './registered-classes.ts'
import {
  type Content,
  classInPlace,
  type EncodedValue,
  eachPart,
  holdsSpecial,
  isObject,
  kindOf,
  mayBeLost,
  type RestoreStep,
  type Specials,
  webContent,
} from './special-values.ts'
import { countTree, notATree } from './tree.ts'
import { describePath, type Step } from './value-path.ts'

/** What cannot be sent although structured clone would not refuse it. Its message is a clause: `args[0].x is …`. */
export class Unsendable extends Error {}

/** Tells whether a property of an error crosses. Errors in the value itself are no reason why not. */
export type FieldFilter = (value: unknown) => boolean

/**
 * A value as it has to be sent for the other end to get what this one has. Runs `encode` of registered classes.
 *
 * The value itself is not changed: where something else is sent for a part of it, the containers around it are copied.
 * @param name what the value is called in a message
 * @throws {Unsendable} for what would arrive as something else
 */
export function encodeValue(value: unknown, name: string, filter?: FieldFilter): EncodedValue {
  if (!isObject(value)) return { value }
  const tree = countTree(value)
  if (tree !== notATree) return { value, tree }
  if (!holdsSpecial(value)) return { value }
  return new Encoder(name, filter).encode(value)
}

/** One object of the value, visited once. */
interface Visited {
  readonly source: object
  /** Where it was first found. */
  readonly parent: Visited | undefined
  readonly step: Step
  /** How many objects the way to it has, and at which of them a codec was last on that way; 0 for none. */
  readonly depth: number
  readonly codecDepth: number
  /** How many of those above it, itself included, are instances that were encoded. */
  readonly encodes: number
  /** On the way that is being followed. */
  open: boolean
  readonly parents: Visited[]
  /** What is sent for it, if it is replaced, and the number of that. */
  readonly content: Content | undefined
  readonly number: number
  /** What is sent for a container that has something replaced in it. */
  copy: object | undefined
  readonly parts: readonly Part[]
  next: number
}

interface Part {
  readonly source: object
  readonly step: Step
}

/** How many `encode`s may be called for what others of them gave. */
const mostEncodes = 10_000

class Encoder {
  readonly #name: string
  readonly #filter: FieldFilter | undefined
  readonly #visited = new Map<object, Visited>()
  /** What an object needs comes before it, but in a cycle. */
  readonly #order: Visited[] = []
  readonly #contents: Content[] = []
  readonly #inPlace = new Map<string, Visited[]>()
  readonly #steps: RestoreStep[] = []

  constructor(name: string, filter: FieldFilter | undefined) {
    this.#name = name
    this.#filter = filter
  }

  encode(value: object): EncodedValue {
    const root = this.#walk(value)
    this.#beginCopies()
    for (const each of this.#order) this.#complete(each)
    const specials: Specials = {
      ...optional('prototypes', atLeastOne([...this.#inPlace].map(([name, found]) => [name, found.map(sentObject)]))),
      ...optional('contents', atLeastOne(this.#contents)),
      ...optional('steps', atLeastOne(this.#steps)),
      ...optional('root', root.content && root.number),
    }
    return { value: this.#sent(value), specials }
  }

  /** Depth first, without recursion: values may be nested as deeply as structured clone can bear, or deeper. */
  #walk(value: object): Visited {
    const root = this.#visit(value, undefined, '')
    for (let each: Visited | undefined = root; each !== undefined; ) {
      const part: Part | undefined = each.parts[each.next++]
      if (part === undefined) {
        each.open = false
        this.#order.push(each)
        each = each.parent
        continue
      }
      const known = this.#visited.get(part.source)
      if (known?.open && each.codecDepth >= known.depth) throw this.#cycleRefused(each, part, known)
      const found: Visited = known ?? this.#visit(part.source, each, part.step)
      found.parents.push(each)
      if (known === undefined) each = found
    }
    return root
  }

  #visit(source: object, parent: Visited | undefined, step: Step): Visited {
    const path = (): string => this.#path(parent, step)
    const kind = kindOf(source)
    const content = kind === 'replaced' ? this.#contentOf(source, path) : undefined
    const depth = (parent?.depth ?? 0) + 1
    const encodes = (parent?.encodes ?? 0) + (content?.type === 'encoded' ? 1 : 0)
    if (encodes > mostEncodes) {
      const why = 'as a rule because it gives an instance of its own class again; it has to return plain data'
      throw new Unsendable(`${this.#name} does not come to an end by "encode", ${why}`)
    }
    const visited: Visited = {
      source,
      parent,
      step,
      depth,
      encodes,
      codecDepth: content?.type === 'encoded' ? depth : (parent?.codecDepth ?? 0),
      open: true,
      parents: [],
      content,
      number: content === undefined ? 0 : this.#contents.push(content) - 1,
      copy: undefined,
      parts: content !== undefined ? partsOfContent(content) : kind === 'container' ? partsOf(source) : [],
      next: 0,
    }
    this.#visited.set(source, visited)
    const inPlace = content === undefined ? classInPlace(source) : undefined
    if (inPlace !== undefined) {
      checkPropertiesCross(source, path)
      const found = this.#inPlace.get(inPlace)
      if (found === undefined) this.#inPlace.set(inPlace, [visited])
      else found.push(visited)
    } else if (kind === 'container' && mayBeLost(source)) {
      checkNotLost(source, path)
    }
    return visited
  }

  #contentOf(source: object, path: () => string): Content {
    if (isError(source)) return this.#filtered(errorContent(source))
    const registered = registeredClassOf(source)
    if (registered?.codec === undefined) {
      const content = webContent(source)
      if (content === undefined) throw new Unsendable(`${path()} changed while it was looked at`)
      return content
    }
    const { name, codec } = registered
    try {
      return { type: 'encoded', name, data: codec.encode(source as never) }
    } catch (cause) {
      throw new Unsendable(`${path()} is a ${name}, whose encode threw ${preview(cause)}`, { cause })
    }
  }

  #filtered(content: ErrorContent): ErrorContent {
    const filter = this.#filter
    if (filter === undefined) return content
    const fields = content.fields.filter(({ value }) => isError(value) || filter(value))
    if (fields.length === content.fields.length) return content
    const lost = content.fields.filter((field) => !fields.includes(field)).map(({ key }) => key)
    return { ...content, fields: withNote(fields, `cannot be cloned and did not cross: ${lost.join(', ')}`) }
  }

  /** From what is replaced up to the whole: a container that gets something else in it is not the user's own any more. */
  #beginCopies(): void {
    const changed = this.#order.filter(({ content }) => content !== undefined)
    // The list grows while it is read.
    for (const each of changed) {
      for (const parent of each.parents) {
        if (parent.content !== undefined || parent.copy !== undefined) continue
        parent.copy = emptyCopy(parent.source)
        changed.push(parent)
      }
    }
  }

  #complete({ source, content, number, copy }: Visited): void {
    if (content?.type === 'Error') {
      for (const field of content.fields) this.#put(field, 'value', field.value)
      this.#steps.push(number)
    } else if (content?.type === 'encoded') {
      this.#put(content, 'data', content.data)
      this.#steps.push(number)
    } else if (copy instanceof Map || copy instanceof Set) {
      this.#fill(
        copy,
        copy instanceof Map ? [...(source as Map<unknown, unknown>)].flat() : [...(source as Set<unknown>)],
      )
    } else if (copy !== undefined) {
      for (const key of Object.keys(source)) {
        const descriptor = Object.getOwnPropertyDescriptor(source, key)
        this.#put(copy, key, descriptor && 'value' in descriptor ? descriptor.value : Reflect.get(source, key))
      }
    }
  }

  /** An element cannot be replaced in its place: where one is missing, the whole is filled at the other end. */
  #fill(copy: Map<unknown, unknown> | Set<unknown>, parts: readonly unknown[]): void {
    if (parts.some((part) => this.#numberOf(part) !== undefined)) {
      const sent: unknown[] = []
      for (const [index, part] of parts.entries()) this.#put(sent, String(index), part)
      this.#steps.push([copy, sent])
    } else if (copy instanceof Map) {
      for (let index = 0; index < parts.length; index += 2)
        copy.set(this.#sent(parts[index]), this.#sent(parts[index + 1]))
    } else {
      for (const part of parts) copy.add(this.#sent(part))
    }
  }

  #put(holder: object, key: string, part: unknown): void {
    const number = this.#numberOf(part)
    if (number !== undefined) this.#steps.push([holder, key, number])
    const value = this.#sent(part)
    // A property of that name would be taken for the prototype.
    if (key === '__proto__') Object.defineProperty(holder, key, { value, enumerable: true })
    else Reflect.set(holder, key, value)
  }

  #numberOf(part: unknown): number | undefined {
    const visited = isObject(part) ? this.#visited.get(part) : undefined
    return visited?.content && visited.number
  }

  /** What stands for a part in the message. */
  #sent(part: unknown): unknown {
    const visited = isObject(part) ? this.#visited.get(part) : undefined
    if (visited === undefined) return part
    return visited.content === undefined ? sentObject(visited) : undefined
  }

  #path(parent: Visited | undefined, step: Step): string {
    const steps: Step[] = parent === undefined ? [] : [step]
    for (let each = parent; each?.parent !== undefined; each = each.parent) steps.unshift(each.step)
    return describePath(this.#name, steps)
  }

  #cycleRefused(from: Visited, part: Part, to: Visited): Unsendable {
    const what = `${this.#path(from, part.step)} refers back to ${this.#path(to.parent, to.step)}`
    return new Unsendable(`${what}, which an encode makes it a part of; leave it out of what encode returns`)
  }
}

function sentObject({ source, copy }: Visited): object {
  return copy ?? source
}

function atLeastOne<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

function emptyCopy(source: object): object {
  if (Array.isArray(source)) return new Array(source.length)
  if (source instanceof Map) return new Map()
  return source instanceof Set ? new Set() : {}
}

function partsOf(container: object): Part[] {
  const parts: Part[] = []
  eachPart(container, (source, key, isKey) => {
    const step: Step = typeof key === 'string' ? key : isKey ? { element: key } : { entry: key }
    parts.push({ source, step })
  })
  return parts
}

function partsOfContent(content: Content): Part[] {
  const found: Part[] = []
  const add = (source: unknown, step: Step): void => {
    if (isObject(source)) found.push({ source, step })
  }
  if (content.type === 'Error') for (const { key, value } of content.fields) add(value, key)
  else if (content.type === 'encoded') add(content.data, { codec: true })
  return found
}

/** An object of some class without properties: structured clone may know it, or make `{}` of it. */
function checkNotLost(value: object, path: () => string): void {
  const tag = Object.prototype.toString.call(value)
  let cloned: unknown
  try {
    cloned = structuredClone(value)
  } catch {
    // Refused, and so it will be when it is sent.
    return
  }
  if (Object.prototype.toString.call(cloned) === tag) return
  const remedy =
    tag === '[object AbortSignal]' ? ': give it by .with({ signal }), and the task has getCall().signal' : ''
  throw new Unsendable(`${path()} is ${describeTag(tag)}, which would arrive as an empty object${remedy}`)
}

/** Structured clone copies the properties of an array or of an object of a program's own class, but not of others. */
function checkPropertiesCross(value: object, path: () => string): void {
  const isIndexed = ArrayBuffer.isView(value) || value instanceof String
  const isKept = Array.isArray(value) || (isIndexed && registeredClassOf(value) === undefined)
  if (isKept || (kindOf(value) === 'container' && !(value instanceof Map || value instanceof Set))) return
  const lost = Object.keys(value).find((key) => !isIndexed || !/^\d+$/.test(key))
  if (lost === undefined) return
  const name = registeredClassOf(value)?.name
  const advice = 'register it with encode and decode'
  throw new Unsendable(`${path()} is a ${name}, which extends a built-in class: its "${lost}" would be lost; ${advice}`)
}
