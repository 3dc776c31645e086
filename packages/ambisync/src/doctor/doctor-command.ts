import type { Command } from 'commander'
import { exitCodes } from '../command/exit-codes.ts'
import type { Finish } from '../command/program.ts'
import { wholeNumber } from '../command/whole-number.ts'
import { defaultPatience, diagnose } from './diagnosis.ts'
import { showCheck, showSummary, showTitle } from './show-diagnosis.ts'

interface DoctorOptions {
  readonly json?: true
  readonly timeout: number
}

export function addDoctor(program: Command, finish: Finish): void {
  program
    .command('doctor')
    .summary('what works here, measured by doing it')
    .description(
      'Tries what blocking stands on, and then a blocking call by every strategy: each in a process of its own, which is ' +
        'killed if it hangs. What fails comes with its remedy. Ends with 1 if nothing here can block.',
    )
    .option('--json', 'print what was found as JSON, and nothing else')
    .option('--timeout <ms>', 'how long each may take, in milliseconds', wholeNumber, defaultPatience)
    .addHelpText('after', '\nExamples:\n  $ npx ambisync doctor\n  $ npx ambisync doctor --json | jq .canBlock')
    .action(async ({ json, timeout }: DoctorOptions) => {
      const write = (text: string): unknown => process.stdout.write(text)
      if (!json) write(showTitle())
      const diagnosis = await diagnose(timeout, (check) => json || write(showCheck(check)))
      write(json ? `${JSON.stringify(diagnosis, undefined, 2)}\n` : showSummary(diagnosis))
      finish(diagnosis.canBlock ? exitCodes.done : exitCodes.failed)
    })
}
