import { InvalidArgumentError } from 'commander'
import { nameAmong } from '../command/names-in.ts'
import { slugOf, strategies, withSlugs } from '../strategies.ts'

const isApart = ({ capabilities }: (typeof strategies)[number]): boolean => capabilities.runsOn !== "caller's thread"

/** The strategies that a server can run its calls by. The first is the default. */
export const localStrategyNames: readonly string[] = strategies.filter(isApart).map(slugOf)

/**
 * The name of a strategy, as it was typed.
 *
 * @throws {InvalidArgumentError} if it is none that a server can do with
 */
export function localStrategy(text: string): string {
  const name = nameAmong(withSlugs(text), strategies.map(slugOf))
  if (localStrategyNames.includes(name)) return name
  const why = "Its tasks run in the server's own thread: while one computes, the server would pass for dead."
  throw new InvalidArgumentError(`${why} There are: ${localStrategyNames.join(', ')}.`)
}
