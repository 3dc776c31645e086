import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRingMemory, READ, Ring, WRITTEN } from '../src/ring.ts'
import { RingReader } from '../src/ring-reader.ts'
import { RingWriter } from '../src/ring-writer.ts'

const capacity = 1_024

/** Both ends of a ring in one thread, and how often either was told of the other. */
function createRing(begin = 0) {
  const memory = createRingMemory(capacity)
  const { control } = new Ring(memory)
  Atomics.store(control, WRITTEN, begin)
  Atomics.store(control, READ, begin)
  const told = { reader: 0, writer: 0 }
  const writer = new RingWriter(memory, () => told.reader++)
  const reader = new RingReader(memory, () => told.writer++)
  return { told, writer, reader }
}

function bytesOf(length: number, seed: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + seed) % 256)
}

function wordsOf(length: number, seed: number): Int32Array {
  const words = new Int32Array(Math.ceil(length / 4))
  new Uint8Array(words.buffer).set(bytesOf(length, seed))
  return words
}

/** A frame to write: the lengths of its head and its body. */
const frame = fc.record({
  head: fc.integer({ min: 0, max: 700 }),
  body: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }),
})

/** What happens next: a frame is written, or so many are read. */
const step = fc.oneof(frame, fc.integer({ min: 1, max: 3 }))

describe.each([
  ['from the beginning', 0],
  ['where the counters become negative', 2 ** 31 - 512],
  ['where they come round to zero', -512],
])('frames %s', (_, begin) => {
  it('arrive whole and in order, whatever their sizes and whoever is ahead', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { writer, reader } = createRing(begin)
        const expected: { length: number; body: number | undefined; seed: number }[] = []
        let read = 0
        const readOne = (): boolean => {
          writer.flush()
          if (!reader.next()) return false
          const { length, body, seed } = expected[read++] as (typeof expected)[number]
          expect(reader.length).toBe(length)
          expect(reader.bytes.subarray(0, length)).toEqual(bytesOf(length, seed))
          expect(reader.body).toEqual(body === undefined ? undefined : bytesOf(body, seed + 1))
          return true
        }
        for (const next of steps) {
          if (typeof next === 'number') {
            for (let count = 0; count < next; count++) readOne()
          } else {
            const seed = expected.length
            const body = next.body === undefined ? undefined : bytesOf(next.body, seed + 1)
            writer.write(wordsOf(next.head, seed), next.head, body)
            expected.push({ length: next.head, body: next.body, seed })
          }
        }
        // A frame that is larger than the ring takes several turns.
        for (let turns = 0; read < expected.length && turns < 100_000; turns++) readOne()
        expect(read).toBe(expected.length)
        expect(writer.isFull).toBe(false)
        expect(reader.next()).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})

describe('each end', () => {
  it('tells the other: of what was written always, of room only where it is waited for', () => {
    const { told, writer, reader } = createRing()
    writer.write(wordsOf(100, 1), 100)
    expect(told).toEqual({ reader: 1, writer: 0 })
    expect(reader.next()).toBe(true)
    expect(told.writer).toBe(0)
    writer.write(wordsOf(100, 2), 100, bytesOf(2_000, 3))
    expect(writer.isFull).toBe(true)
    expect(reader.isBehind).toBe(true)
    expect(reader.next()).toBe(false)
    expect(told.writer).toBeGreaterThan(0)
  })

  it('keeps what was written as it was, whatever becomes of it afterwards', () => {
    const { writer, reader } = createRing()
    const body = bytesOf(3_000, 1)
    const words = wordsOf(40, 2)
    writer.write(words, 40, body)
    body.fill(0)
    words.fill(0)
    let found = reader.next()
    for (let turn = 0; !found && turn < 100; turn++) {
      writer.flush()
      found = reader.next()
    }
    expect(reader.bytes.subarray(0, 40)).toEqual(bytesOf(40, 2))
    expect(reader.body).toEqual(bytesOf(3_000, 1))
  })
})
