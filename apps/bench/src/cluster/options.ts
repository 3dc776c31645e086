import { Command } from 'commander'
import { wholeNumber, writableFile } from '../command/arguments.ts'

export interface Options {
  readonly rounds: number
  readonly quick: boolean
  readonly out?: string
}

/** Misuse is told on stderr, with exit code 2. */
export function parseOptions(args: readonly string[]): Options {
  const program = new Command('cluster')
    .description(
      'Measures calls over a queue beside BullMQ by itself, and how they grow with servers. Exits with 1 if a target is missed.',
    )
    .option('--rounds <number>', 'fresh processes, and a fresh Redis, for each of the measurements', wholeNumber, 11)
    .option('--quick', 'few calls, to see that it works: nothing is judged', false)
    .option('--out <file>', 'write the figures there', writableFile)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  return program.parse(args, { from: 'user' }).opts<Options>()
}
