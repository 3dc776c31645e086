import { type Command, Option } from 'commander'
import { exitCodes } from '../command/exit-codes.ts'
import { namesIn } from '../command/names-in.ts'
import type { Finish } from '../command/program.ts'
import { type Need, needNames, needs } from '../needs.ts'
import { ask, canAsk } from './questions.ts'
import { recommend } from './recommendation.ts'
import { showContradiction, showRecommendation } from './show-recommendation.ts'
import type { Style } from './snippet.ts'

interface PickOptions extends Partial<Style> {
  readonly needs?: readonly Need[]
  readonly json?: true
}

const defaults: Style = { callers: 'sync', language: 'esm' }

export function addPick(program: Command, finish: Finish): void {
  program
    .command('pick')
    .summary('a few questions, and the strategy to take')
    .description(
      'Asks what the program needs, and says which strategy to take, why, and how to begin. With any of the flags, and where ' +
        'there is no terminal, nothing is asked.',
    )
    .option('-n, --needs <need...>', 'what the program needs; see below', (text, before?: readonly Need[]) =>
      namesIn(text, needNames, before),
    )
    .addOption(new Option('-c, --callers <who>', 'who calls').choices(['sync', 'async', 'both']))
    .addOption(new Option('-l, --language <name>', 'what the snippet is written in').choices(languages))
    .option('--json', 'print the recommendation as JSON, and nothing else')
    .addHelpText('after', () => `\n${needsHelp()}\n\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`)
    .action(async (options: PickOptions) => {
      const answers = await answersFrom(options)
      if (answers === undefined) return finish(exitCodes.interrupted)
      const { needs: wanted = [], json, ...style } = answers
      const result = await recommend([...new Set(wanted)], { ...defaults, ...style })
      const isFound = result.strategy !== null
      const text = isFound ? showRecommendation(result) : showContradiction(result)
      process.stdout.write(json ? `${JSON.stringify(result, undefined, 2)}\n` : text)
      finish(isFound ? exitCodes.done : exitCodes.failed)
    })
}

const languages: readonly Style['language'][] = ['esm', 'typescript', 'commonjs']

const examples = [
  'npx ambisync pick',
  'npx ambisync pick --needs survives-crash,streams',
  'npx ambisync pick --needs low-latency --language typescript --callers both',
]

function needsHelp(): string {
  const width = Math.max(...needNames.map(({ length }) => length))
  return `Needs:\n${needNames.map((need) => `  ${need.padEnd(width)}  ${needs[need].what}`).join('\n')}`
}

/** Undefined if the user has left. */
async function answersFrom(options: PickOptions): Promise<PickOptions | undefined> {
  if (Object.keys(options).length > 0) return options
  if (canAsk()) return ask()
  process.stderr.write(
    'There is no terminal to ask at: this is for no particular needs. "ambisync pick --help" has flags.\n',
  )
  return {}
}
