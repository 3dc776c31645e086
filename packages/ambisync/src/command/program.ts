import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { addBench } from '../bench-task/bench-command.ts'
import { addDoctor } from '../doctor/doctor-command.ts'
import { addPick } from '../pick/pick-command.ts'
import { addServe } from '../serve/serve-command.ts'
import { exitCodes, Failure, Misuse } from './exit-codes.ts'

/** Gives the command's end, once it has done what it was asked for: its exit code. */
export type Finish = (exitCode: number) => void

/**
 * Runs the command `ambisync`.
 *
 * @param args without the interpreter and the script
 * @returns the exit code
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.done
  const program = createProgram((code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.misuse
    if (error instanceof Misuse || error instanceof Failure) {
      process.stderr.write(`error: ${error.message}\n`)
      return error.exitCode
    }
    if (!isOfSystem(error)) throw error
    process.stderr.write(`error: ${error.message.split('\n')[0]}\n`)
    return exitCodes.failed
  }
}

/** Of Node.js, such as EACCES, ENOSPC or ERR_PACKAGE_PATH_NOT_EXPORTED: its message says what is wrong with the machine. */
function isOfSystem(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

function createProgram(finish: Finish): Command {
  const program = new Command('ambisync')
    .description('Call async code synchronously: what works here, what to take, and what it costs.')
    .version(ownVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'say what there is')
    .helpCommand('help [command]', 'say what a command does')
    .showHelpAfterError('Run "npx ambisync --help" to see what there is.')
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      `
Examples:
  $ npx ambisync doctor
  $ npx ambisync pick
  $ npx ambisync bench ./tasks.js#fetchText --args '["https://example.com"]'
  $ npx ambisync serve ./tasks.js --queue pages

Exit codes: 0 done, 1 something does not work, 2 misuse. NO_COLOR and FORCE_COLOR are respected.`,
    )
    // Commands that are added later take this over.
    .exitOverride()
  addDoctor(program, finish)
  addPick(program, finish)
  addBench(program, finish)
  addServe(program, finish)
  for (const command of program.commands) {
    command.showHelpAfterError(`Run "npx ambisync ${command.name()} --help" to see what there is.`)
  }
  return program
}

function ownVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return version
}
