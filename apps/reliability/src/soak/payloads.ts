import type { Random } from '../random-numbers.ts'

const megabyte = 2 ** 20

/** The kinds of values that calls are made with. */
const kinds: readonly ((random: Random) => unknown)[] = [
  (random) => random(2 ** 31) - 2 ** 30,
  (random) => random(2 ** 31) / 7,
  (random) => 'aé€😀'.repeat(1 + random(40)),
  (random) => ({
    id: random(1_000),
    name: `name ${random(1_000)}`,
    tags: ['a', 'b', 'c'],
    nested: { on: true, none: null },
  }),
  (random) => Array.from({ length: random(30) }, (_, index) => ({ index, name: `item ${random(100)}` })),
  (random) => Array.from({ length: random(100) }, () => random(1_000)),
  (random) => new Uint8Array(random(2_000)).fill(random(256)),
  (random) =>
    [undefined, null, true, -0, Number.NaN, 2n ** 64n, new Date(0), new Map([['key', new Set([1])]])][random(8)],
]

/** Now and then one of 1 MB. */
export function makePayload(random: Random): unknown {
  if (random(2_000) === 0) return new Uint8Array(megabyte).fill(random(256))
  return kinds[random(kinds.length)]?.(random)
}
