import { isDeepStrictEqual } from 'node:util'
import type { TaskName } from './contestants.ts'

/** What a call carries, there and back. */
export interface Payload {
  readonly task?: TaskName
  /** How many calls are measured, time permitting. */
  readonly calls: number
  /** The value of the call of that number. */
  make(call: number): unknown
  isSame(result: unknown, value: unknown): boolean
}

const text = Array.from({ length: 1_024 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('')
const objects = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `name ${id}` }))

// The general comparison takes about as long as the call.
function isSameAs(this: readonly (typeof objects)[number][], { id, name }: (typeof objects)[number]): boolean {
  return this[id]?.id === id && this[id].name === name
}

const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251)

export const payloads: Readonly<Record<string, Payload>> = {
  number: {
    calls: 10_000,
    make: (call) => call,
    isSame: Object.is,
  },
  'number, in the next turn': {
    task: 'echoInNextTurn',
    calls: 10_000,
    make: (call) => call,
    isSame: Object.is,
  },
  'small object': {
    calls: 10_000,
    make: (id) => ({ id, name: 'a name', tags: ['one', 'two', 'three'], nested: { on: true, count: 3 } }),
    isSame: isDeepStrictEqual,
  },
  '1 KB string': {
    calls: 10_000,
    make: () => text,
    isSame: Object.is,
  },
  'list of 1,000 objects': {
    calls: 600,
    make: () => objects,
    isSame: (result) => Array.isArray(result) && result.length === objects.length && objects.every(isSameAs, result),
  },
  '1 MB Uint8Array': {
    calls: 600,
    make: () => bytes,
    isSame: (result) => result instanceof Uint8Array && Buffer.compare(result, bytes) === 0,
  },
}
