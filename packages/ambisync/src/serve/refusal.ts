import { stripVTControlCharacters } from 'node:util'
import { Failure, Misuse } from '../command/exit-codes.ts'
import type { RedisUrl } from './redis-url.ts'
import { withoutPasswords } from './without-passwords.ts'

/** What `@ambisync/bullmq` and what it stands on throw, as a line for whoever has typed the command. */
export function refusal(error: unknown, redis: RedisUrl, exitCode?: number): Failure | Misuse {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
  // They speak of their options, and the command has others.
  const inOurWords = line
    .replaceAll(/(?:the option )?"connection"/g, redis.source)
    .replace(
      "give the adapter execArgv: ['--import', './register-tsx.js']",
      'set NODE_OPTIONS="--import ./register-tsx.js"',
    )
  const message = stripVTControlCharacters(withoutPasswords(inOurWords, redis.url))
  const isOfOptions = error instanceof TypeError || error instanceof RangeError
  if (isOfOptions) return new Misuse(message, { cause: error })
  return new Failure(message, { cause: error, ...(exitCode !== undefined && { exitCode }) })
}
