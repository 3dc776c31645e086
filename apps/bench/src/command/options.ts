import { readFileSync } from 'node:fs'
import { canPin, type Placement, parseReport, placements, type Report } from 'ambisync/bench'
import { Command, InvalidArgumentError, Option } from 'commander'
import { contestantNames } from '../contestants/index.ts'
import { scenarioNames } from '../scenarios/index.ts'
import { wholeNumber, writableFile } from './arguments.ts'
import { findRuntime, type Runtime, runtimeNames } from './runtime.ts'

export interface Options {
  readonly scenario?: readonly string[]
  readonly only?: readonly string[]
  readonly placement?: readonly Placement[]
  readonly processes: number
  readonly time: number
  readonly runtime?: Runtime
  readonly compare?: Report
  readonly json?: string
  readonly html?: string
}

/** Misuse is told on stderr, with exit code 2. */
export function parseOptions(args: readonly string[]): Options {
  const program = new Command('bench')
    .description('Compares ways of calling asynchronous code synchronously, on this machine.')
    .addOption(new Option('--scenario <name>', 'only this; may be repeated').argParser(oneOf(scenarioNames)))
    .addOption(new Option('--only <contestant>', 'only this; may be repeated').argParser(oneOf(contestantNames)))
    .addOption(
      new Option(
        '--placement <placement>',
        'only processes that run "free", "pinned" or "busy"; may be repeated',
      ).argParser(placementCalled),
    )
    .option('--processes <number>', 'fresh processes of each contestant in each place', wholeNumber, 11)
    .option('--time <ms>', 'how long each of them measures', wholeNumber, 300)
    .option('--runtime <name>', `in place of this Node.js: ${runtimeNames.join(', ')}`, runtimeCalled)
    .option('--compare <file>', 'show what changed beyond noise since that report', reportIn)
    .option('--json <file>', 'write the report there', writableFile)
    .option('--html <file>', 'write it there, as one page', writableFile)
    .addHelpText('after', help)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  return program.parse(args, { from: 'user' }).opts<Options>()
}

const help = `
Scenarios: ${scenarioNames.join('; ')}
Contestants: ${contestantNames.join('; ')}

Examples:
  bench --scenario number --scenario cold --only atomics --only synckit
  bench --json today.json --compare yesterday.json`

/** Adds what is given to what was given before. */
function oneOf<T extends string>(all: readonly T[]) {
  return (name: string, chosen: readonly T[] = []): readonly T[] => {
    const found = all.find((one) => one === name)
    if (found === undefined) throw new InvalidArgumentError(`There are: ${all.join('; ')}.`)
    return [...chosen, found]
  }
}

function placementCalled(name: string, chosen?: readonly Placement[]): readonly Placement[] {
  if (name === 'pinned' && !canPin) throw new InvalidArgumentError('It takes taskset, of Linux, which is not here.')
  return oneOf(placements)(name, chosen)
}

function runtimeCalled(name: string): Runtime {
  const runtime = findRuntime(name)
  if (runtime === undefined) throw new InvalidArgumentError(`There are: ${runtimeNames.join(', ')}.`)
  return runtime
}

function reportIn(file: string): Report {
  try {
    return parseReport(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}
