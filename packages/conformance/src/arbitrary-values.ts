import fc from 'fast-check'
import { bufferOf } from './bytes.ts'
import { Box, HttpError, Money, Point } from './fixtures/classes.ts'

/** Containers that may get one more part, which may be any object of the same value. */
type Container = unknown[] | Map<unknown, unknown> | Set<unknown> | Record<string, unknown>

const key = fc.oneof(
  { weight: 5, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '0', '10', 'then', 'cause'),
  },
)

const bytes = fc.uint8Array({ maxLength: 20 })

const leaf = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.anything({
      maxDepth: 0,
      withBigInt: true,
      withDate: true,
      withBoxedValues: true,
      withTypedArray: true,
      withSparseArray: true,
    }),
  },
  fc.constantFrom<unknown>(-0, Number.NaN, '\ud800', undefined, new Date(Number.NaN), 2n ** 70n),
  bytes.map((each) => bufferOf(each)),
  bytes.map((each) => new DataView(each.slice().buffer)),
  fc.webUrl().map((text) => new URL(text)),
  fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 3 }).map((entries) => new URLSearchParams(entries)),
  fc.constantFrom('a', 'x-b').map((name) => new Headers([[name, 'value']])),
  fc.integer().map((cents) => new Money(cents)),
  fc.constantFrom('a', 'b+c').map((source) => new RegExp(source, 'gu')),
)

/** A value of every kind that crosses, as a tree. */
const { tree } = fc.letrec<{ tree: unknown }>((tie) => {
  const part = tie('tree')
  const list = fc.array(part, { maxLength: 4 })
  return {
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      leaf,
      list,
      fc.dictionary(key, part, { maxKeys: 4, noNullPrototype: true }),
      fc.array(fc.tuple(part, part), { maxLength: 3 }).map((entries) => new Map(entries)),
      list.map((parts) => new Set(parts)),
      fc
        .tuple(fc.string(), part, part)
        .map(([text, cause, extra]) => Object.assign(new TypeError(text, { cause }), { extra })),
      fc.tuple(fc.string(), part).map(([text, code]) => Object.assign(new Error(text), { code })),
      fc.tuple(fc.string(), part).map(([text, details]) => new HttpError(text, 404, details)),
      fc.tuple(list, fc.string()).map(([errors, text]) => new AggregateError(errors, text)),
      fc.tuple(fc.integer(), part).map(([x, mark]) => new Point(x, 1, mark)),
      part.map((content) => new Box(content)),
    ),
  }
})

/** The same with objects that stand in several places, and cycles. None goes through what a codec replaces. */
export const arbitraryValue: fc.Arbitrary<unknown> = fc
  .tuple(tree, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }))
  .map(([value, links]) => {
    const { containers, objects } = collect(value)
    for (const [index, [from, to]] of links.entries()) {
      const container = containers[from % containers.length]
      if (container !== undefined) addPart(container, `link${index}`, objects[to % objects.length])
    }
    return value
  })

function collect(root: unknown): { containers: Container[]; objects: object[] } {
  const containers: Container[] = []
  const objects = new Set<object>()
  const stack = [root]
  for (let value = stack.pop(); stack.length > 0 || value !== undefined; value = stack.pop()) {
    if (typeof value !== 'object' || value === null || objects.has(value)) continue
    objects.add(value)
    if (value instanceof Map) {
      containers.push(value)
      stack.push(...[...value].flat())
    } else if (value instanceof Set) {
      containers.push(value)
      stack.push(...value)
    } else if (
      Array.isArray(value) ||
      Object.getPrototypeOf(value) === Object.prototype ||
      value instanceof Error ||
      value instanceof Point
    ) {
      containers.push(value as Container)
      for (const name of Object.getOwnPropertyNames(value)) if (name !== 'stack') stack.push(Reflect.get(value, name))
    }
  }
  return { containers, objects: [...objects] }
}

function addPart(container: Container, name: string, part: unknown): void {
  if (Array.isArray(container)) container.push(part)
  else if (container instanceof Map) container.set(name, part)
  else if (container instanceof Set) container.add(part)
  else container[name] = part
}

/** What instances of the suite's own classes keep private, for a comparison. */
export function hiddenState(value: object): unknown {
  if (value instanceof Money) return { cents: value.cents }
  return value instanceof Box ? { content: value.content } : undefined
}
