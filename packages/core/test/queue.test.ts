import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Queue } from '../src/queue.ts'

interface Item {
  readonly number: number
}

/** What may be done with one, as the plain array that it stands for does it. */
type Step = { readonly push: number } | 'shift' | 'unshift' | 'removeIf' | 'clear'

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ push: fc.integer({ min: 1, max: 700 }) }) },
    { weight: 6, arbitrary: fc.constant('shift' as const) },
    { weight: 3, arbitrary: fc.constant('unshift' as const) },
    { weight: 1, arbitrary: fc.constant('removeIf' as const) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  ),
  { maxLength: 40 },
)

describe('Queue', () => {
  it('gives what an array gives by push and shift, whatever the order of the steps', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 2_000 }), (script, shifts) => {
        const queue = new Queue<Item>()
        let model: Item[] = []
        let last = 0
        for (const step of script) {
          if (step === 'shift') {
            for (let left = shifts; left > 0; left--) expect(queue.shift()).toBe(model.shift())
          } else if (step === 'unshift') {
            const item = { number: ++last }
            queue.unshift(item)
            model.unshift(item)
          } else if (step === 'removeIf') {
            queue.removeIf(({ number }) => number % 3 === 0)
            model = model.filter(({ number }) => number % 3 !== 0)
          } else if (step === 'clear') {
            queue.clear()
            model = []
          } else {
            for (let left = step.push; left > 0; left--) {
              const item = { number: ++last }
              queue.push(item)
              model.push(item)
            }
          }
          expect(queue.size).toBe(model.length)
          expect(queue.first).toBe(model[0])
        }
        expect([...queue]).toEqual(model)
      }),
    )
  })
})
