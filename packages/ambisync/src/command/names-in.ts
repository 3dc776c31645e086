import { InvalidArgumentError } from 'commander'
import { nearest } from './nearest.ts'

/**
 * The names in an option's value: several with commas between them, added to those of the option's other uses.
 *
 * @throws {InvalidArgumentError} naming the one that there is not, and the near one
 */
export function namesIn<N extends string>(text: string, names: readonly N[], before: readonly N[] = []): readonly N[] {
  return [...new Set([...before, ...text.split(',').map((each) => nameAmong(each.trim(), names))])]
}

/**
 * The name that an option's value is.
 *
 * @throws {InvalidArgumentError} if it is none of them, with the near one
 */
export function nameAmong<N extends string>(word: string, names: readonly N[]): N {
  const name = names.find((known) => known === word)
  if (name !== undefined) return name
  const near = nearest(word, names)
  const advice = near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${near}?`
  throw new InvalidArgumentError(`There is no "${word}". ${advice}`)
}
