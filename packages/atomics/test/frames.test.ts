import { MessageChannel } from 'node:worker_threads'
import type { Envelope } from '@ambisync/core/adapter'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { FrameReader, FrameWriter } from '../src/frames.ts'
import { NodeClone } from '../src/node-clone.ts'
import { createRingMemory } from '../src/ring.ts'
import { RingReader } from '../src/ring-reader.ts'
import { RingWriter } from '../src/ring-writer.ts'

/** Both ends of one direction, in one thread. */
function createWay() {
  const memory = createRingMemory(2 ** 20)
  const { port1, port2 } = new MessageChannel()
  const ring = new RingWriter(memory, () => {})
  const writer = new FrameWriter(ring, new NodeClone(port1))
  const reader = new FrameReader(new RingReader(memory, () => {}), new NodeClone(port2))
  return { ring, writer, reader, close: () => port1.close() }
}

const plain: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer(),
    fc.double().filter((value) => !Object.is(value, -0)),
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => !['__proto__', 'constructor', 'toJSON'].includes(key)),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value

/** Any UTF-16 code units in any order. */
const codeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 })
  .map((units) => String.fromCharCode(...units))

/** How many objects a tree has. */
function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Object.values(value).reduce<number>((sum, part) => sum + count(part), 0)
}

describe('an envelope arrives as it was', () => {
  const way = createWay()
  afterAll(way.close)
  const through = (envelope: Envelope): Envelope | undefined => {
    way.writer.write(envelope)
    return way.reader.read()
  }

  it('with any tree of plain data in it, few objects or many', () => {
    fc.assert(
      fc.property(fc.oneof(plain, fc.array(plain, { minLength: 20, maxLength: 40 })), fc.nat(), (value, id) => {
        const tree = count(value)
        const known = tree === 0 ? {} : { tree }
        expect(through({ kind: 'return', id, value, ...known })).toStrictEqual({ kind: 'return', id, value })
        const call = { kind: 'call', id, module: 1, name: `task${id % 7}`, args: [value, id] } as const
        const whole = tree === 0 ? {} : { tree: tree + 1 }
        expect(through({ ...call, ...whole })).toStrictEqual(call)
      }),
      { numRuns: 500 },
    )
  })

  it('with any string, lone surrogates and byte order marks included', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), codeUnits), (value) => {
        expect(through({ kind: 'return', id: 1, value })).toEqual({ kind: 'return', id: 1, value })
      }),
    )
    const value = '\ufeffx\ufeff'
    expect(through({ kind: 'return', id: 1, value })).toEqual({ kind: 'return', id: 1, value })
  })

  it.each([0, -0, 1.5, -1, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 5e-324])(
    'with the number %d',
    (value) => {
      expect(through({ kind: 'return', id: 1, value })).toEqual({ kind: 'return', id: 1, value })
    },
  )

  it.each([1, 1_023, 1_024, 100_000, 3_000_000])('with %d bytes, in a buffer of their own', (length) => {
    const value = Uint8Array.from({ length }, (_, index) => index % 251)
    way.writer.write({ kind: 'return', id: 1, value })
    let answer = way.reader.read()
    // Larger than the ring: nobody else does it here.
    for (let turn = 0; answer === undefined && turn < 100; turn++) {
      way.ring.flush()
      answer = way.reader.read()
    }
    const arrived = answer?.kind === 'return' ? answer.value : undefined
    if (!(arrived instanceof Uint8Array)) throw new Error('no bytes have arrived')
    expect(Buffer.compare(arrived, value)).toBe(0)
    expect(arrived.buffer.byteLength).toBe(length)
  })
})
