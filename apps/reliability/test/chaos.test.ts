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
      const { survives, kill } = create().capabilities
      if (survives.length > 0 || kill) expect(totals?.exits).toBeGreaterThan(0)
    },
    180_000,
  )
})
