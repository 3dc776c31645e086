import { describe, expect, it } from 'vitest'
import { growthOf } from '../src/soak/growth.ts'
import type { Sample } from '../src/soak/sample.ts'

const megabyte = 2 ** 20

/** A hundred samples of a million calls, whose caller holds `held(calls)` bytes. */
function samplesWith(held: (calls: number) => number): Sample[] {
  const memory = { heap: 7 * megabyte, external: 3 * megabyte, resident: 150 * megabyte, pid: 1 }
  return Array.from({ length: 100 }, (_, index) => {
    const calls = (index + 1) * 10_000
    return { calls, loop: memory, caller: { ...memory, heap: memory.heap + held(calls) } }
  })
}

function notFlat(samples: readonly Sample[]): string[] {
  return growthOf(samples)
    .filter(({ isFlat }) => !isFlat)
    .map(({ name }) => name)
}

describe('memory', () => {
  it('is flat where nothing grows, or only in the first half, or up and down', () => {
    expect(notFlat(samplesWith(() => 0))).toEqual([])
    expect(notFlat(samplesWith((calls) => Math.min(calls, 450_000) * 50))).toEqual([])
    expect(notFlat(samplesWith((calls) => ((calls / 10_000) % 2) * 2 * megabyte))).toEqual([])
  })

  it('is not flat where a small object leaks at every call, or a larger one at every hundredth', () => {
    expect(notFlat(samplesWith((calls) => calls * 16))).toEqual(["caller's heap"])
    expect(notFlat(samplesWith((calls) => (calls / 100) * 500))).toEqual(["caller's heap"])
  })
})
