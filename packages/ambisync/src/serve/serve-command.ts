import { type Command, Option } from 'commander'
import { exitCodes } from '../command/exit-codes.ts'
import type { Finish } from '../command/program.ts'
import { wholeNumber, wholeNumberFrom } from '../command/whole-number.ts'
import { localStrategy, localStrategyNames } from './local-strategy.ts'
import { namedModules } from './named-modules.ts'
import { redisFrom } from './redis-url.ts'
import { type RunOptions, runServer } from './run-server.ts'
import { showStatus } from './show-status.ts'
import { withoutPasswords } from './without-passwords.ts'

interface ServeCommandOptions extends Omit<RunOptions, 'modules' | 'redis'> {
  readonly name?: string
  readonly redis?: string
  readonly status?: true
}

/** Those that are of no use to somebody who only asks. */
const onlyToServe = [
  'name',
  'concurrency',
  'loops',
  'adapter',
  'grace',
  'stalledInterval',
  'maxStalledCount',
  'payloadLimit',
  'drainTimeout',
]

export function addServe(program: Command, finish: Finish): void {
  program
    .command('serve')
    .summary("runs the calls of other machines' programs, from a queue on Redis")
    .description(
      'Runs the calls that programs make by @ambisync/bullmq on a queue, of functions that the modules export, until SIGTERM ' +
        'or SIGINT: then it takes no more calls, and ends when those that run are done. Each event is a line of JSON on stdout.',
    )
    .argument('[modules...]', 'what is served: ./tasks.js, or reports=./tasks.js to have callers load it as "reports"')
    .option('-n, --name <name>', 'what callers load the one module by; otherwise its file name without extension')
    .option('-q, --queue <name>', 'the queue of BullMQ', 'ambisync')
    .option('--prefix <text>', "what BullMQ's keys in Redis begin with", 'bull')
    .option('-r, --redis <url>', 'where Redis is; otherwise as REDIS_URL says, or redis://127.0.0.1:6379')
    .option('-c, --concurrency <n>', 'how many calls run at the same time', wholeNumber, 8)
    .option('--loops <n>', 'how many threads or processes they run on: more for tasks that compute', wholeNumber, 1)
    .option(
      '-a, --adapter <name>',
      `what they run on, of ${localStrategyNames.join(', ')}`,
      localStrategy,
      localStrategyNames[0],
    )
    .option(
      '--grace <ms>',
      'how long a cancelled task may go on before its loop is killed, in milliseconds',
      wholeNumberFrom(0),
      1_000,
    )
    .option(
      '--stalled-interval <ms>',
      'how long a server keeps its calls without a sign of life, in milliseconds',
      wholeNumberFrom(100),
      30_000,
    )
    .option(
      '--max-stalled-count <n>',
      'how often a call may run again because its server has died',
      wholeNumberFrom(0),
      3,
    )
    .option('--payload-limit <bytes>', 'the most that a result may take as it is sent', wholeNumber, 8 * 1_024 * 1_024)
    .option(
      '--drain-timeout <ms>',
      'how long to wait at the end for calls that run, in milliseconds',
      wholeNumberFrom(0),
      25_000,
    )
    .addOption(
      new Option('--status', 'say who serves the queue, and how many calls it has, and end').conflicts(onlyToServe),
    )
    // What was mistyped is quoted, and may have a password in it.
    .configureOutput({ outputError: (text, write) => write(withoutPasswords(text)) })
    .addHelpText('after', help)
    .action(async (texts: readonly string[], { name, redis: url, status, ...options }: ServeCommandOptions) => {
      const redis = redisFrom(url, process.env)
      if (status) {
        finish(await showStatus({ ...options, redis }, texts))
      } else {
        await runServer({ ...options, redis, modules: namedModules(texts, name, process.cwd()) })
        finish(exitCodes.done)
      }
    })
}

const help = `
A second signal ends it at once. What is not done within --drain-timeout runs again on another server.

Examples:
  $ npx ambisync serve ./tasks.js --name reports --queue pages --redis redis://127.0.0.1:6379
  $ npx ambisync serve reports=./tasks.js ./pages.js --adapter child-process --loops 4
  $ npx ambisync serve --status --queue pages

Exit codes: 0 ended by a signal, with its calls done or left to others, 1 it could not start, 2 misuse.
With --status: 0 somebody serves the queue, 1 nobody does, 2 Redis cannot be asked.`
