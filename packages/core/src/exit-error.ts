import type { LoopIdentity } from './client.ts'
import type { Exit } from './contract.ts'
import { type LoopErrorOptions, LoopExitError, LoopStartError } from './errors.ts'
import { preview } from './preview.ts'

/** A loop that ended, or could not even start. */
export type LoopEndedError = LoopExitError | LoopStartError

/** What a call, named `label`, fails with when its loop ends. */
export function exitError(exit: Exit, started: boolean, loop: LoopIdentity, label?: string): LoopEndedError {
  const { code, signal, cause } = exit
  const how = signal !== undefined ? `by ${signal}` : code !== undefined ? `with code ${code}` : 'without an exit code'
  const options: LoopErrorOptions = { adapter: loop.adapter, exitCode: code, signal }
  const ended = `the loop "${loop.name}" (${loop.adapter}) ${started ? 'ended' : 'could not start, it ended'} ${how}`
  const then = label === undefined ? '' : started ? ` while ${label} was under way` : `, so ${label} was not run`
  const why =
    cause === undefined ? '' : `: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : preview(cause)}`
  const EndError = started ? LoopExitError : LoopStartError
  return new EndError(ended + then + why, 'cause' in exit ? { ...options, cause } : options)
}
