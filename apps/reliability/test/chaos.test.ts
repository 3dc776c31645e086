import { describe, expect, it } from 'vitest'
import { runChaos } from '../src/chaos/run-chaos.ts'
import { configurations } from '../src/configurations.ts'

const seconds = 5
/** A run that fails says which it was: `pnpm chaos <configuration> 60 <seed>` repeats what it did. */
const seed = Date.now() % 1_000_000

describe(`${seconds} s of chaos with seed ${seed}: no hang, no wrong answer, every call accounted for`, () => {
  it.each(configurations)(
    '$name',
    async ({ name, create }) => {
      const { totals, problems } = await runChaos(name, seconds, seed)
      expect(problems).toEqual([])
      expect(totals?.right).toBeGreaterThan(0)
      // Where each call takes a process of its own, there are too few of them to be sure of one that dies.
      const { survives, resident } = create().capabilities
      if (resident && survives.length > 0) expect(totals?.diedWithLoop).toBeGreaterThan(0)
    },
    180_000,
  )
})
