import type { Random } from '../random-numbers.ts'

/** One of them at random, as often as its weight says. */
export function chooseByWeight<T extends { readonly weight: number }>(random: Random, choices: readonly T[]): T {
  let left = random(choices.reduce((sum, { weight }) => sum + weight, 0))
  for (const choice of choices) {
    left -= choice.weight
    if (left < 0) return choice
  }
  throw new RangeError('there is nothing to choose from')
}
