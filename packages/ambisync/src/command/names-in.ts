import { InvalidArgumentError } from 'commander'
import { nearest } from './nearest.ts'

/**
 * The names in an option's value: several with commas between them, added to those of the option's other uses.
 *
 * @throws {InvalidArgumentError} naming the one that there is not, and the near one
 */
export function namesIn<N extends string>(text: string, names: readonly N[], before: readonly N[] = []): readonly N[] {
  const found = text.split(',').map((each) => {
    const word = each.trim()
    const name = names.find((known) => known === word)
    if (name !== undefined) return name
    const near = nearest(word, names)
    const advice = near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${near}?`
    throw new InvalidArgumentError(`There is no "${word}". ${advice}`)
  })
  return [...new Set([...before, ...found])]
}
