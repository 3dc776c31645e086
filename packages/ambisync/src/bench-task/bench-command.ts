import type { Command } from 'commander'
import { namesIn } from '../command/names-in.ts'
import type { Finish } from '../command/program.ts'
import { wholeNumber } from '../command/whole-number.ts'
import { slugOf, strategies, withSlugs } from '../strategies.ts'
import type { BenchOptions } from './run-bench.ts'

const slugs = strategies.map(slugOf)

export function addBench(program: Command, finish: Finish): void {
  program
    .command('bench')
    .summary('what a function of yours costs by every strategy')
    .description(
      'Calls a function of yours by every strategy that is installed, each time in a fresh process and in turns, checks every ' +
        'result, and compares with the function awaited as it is. It takes a minute where all are installed, and longer if ' +
        'the function takes long.',
    )
    .argument('<module#function>', 'the function: ./tasks.js#fetchText')
    .option('-a, --args <json>', 'its arguments, as a list in JSON', '[]')
    .option(
      '-o, --only <strategies>',
      `measure these only, of ${slugs.join(', ')}`,
      (text, before?: readonly string[]) => namesIn(withSlugs(text), slugs, before),
    )
    .option('-p, --processes <n>', 'how many processes for each; fewer than 5 give no ranks', wholeNumber, 5)
    .option('-t, --time <ms>', 'how long each of them measures, in milliseconds', wholeNumber, 200)
    .option('--timeout <ms>', 'after which a process has hung, in milliseconds', wholeNumber, 30_000)
    .option('--pinned', 'measure on one core, too (Linux)')
    .option('--varying', 'the function may return something else each time')
    .option('--json', 'print the report as JSON, and nothing else')
    .option('--html <file>', 'write the report as one HTML file')
    .addHelpText(
      'after',
      `
Examples:
  $ npx ambisync bench ./tasks.js#fetchText --args '["https://example.com"]'
  $ npx ambisync bench ./tasks.js#render --args '["# Title"]' --html report.html
  $ npx ambisync bench ./tasks.js#now --varying --only worker-threads,atomics`,
    )
    .action(async (target: string, options: BenchOptions) => {
      // Its libraries are loaded only where they are needed.
      const { runBench } = await import('./run-bench.ts')
      const { message, exitCode } = await runBench(target, options)
      if (message !== undefined) process.stderr.write(`${message}\n`)
      finish(exitCode)
    })
}
