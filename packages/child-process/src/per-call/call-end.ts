import { LoopExitError, LoopStartError, SerializationError } from '@ambisync/core'
import { decodeThrown, type Envelope, postThrown } from '@ambisync/core/adapter'
import { decodeClone } from '@ambisync/node/clone'
import { adapterName } from '../adapter-name.ts'
import type { Found } from './call-process.ts'
import type { ExitStatus } from './exit-status.ts'
import type { Outcome } from './outcome.ts'

/** Which call it is, in messages and errors. */
export interface CallIdentity {
  readonly id: number
  readonly name: string
  /** Name of its loop. */
  readonly loop: string
}

/** What a call is answered with, by what came of its process. */
export function envelopeOf(found: Found, call: CallIdentity): Envelope {
  if (found.kind === 'silence') return failure(call, endedError(call, found.begun, found.status))
  let outcome: Outcome
  try {
    outcome = decodeClone(found.bytes) as Outcome
  } catch (cause) {
    const message = `what ${call.name} returned cannot be read, as a rule because it is nested too deeply for this thread's stack`
    return failure(call, new SerializationError(message, { adapter: adapterName, cause }))
  }
  // One process has one call.
  if (outcome.kind === 'answer') return { ...outcome.envelope, id: call.id } as Envelope
  const { code, thrown } = outcome
  const cause = thrown === undefined ? {} : { cause: decodeThrown(thrown) }
  return failure(call, endedError(call, true, { code }, cause))
}

/** The answer to a call whose process could not be started. */
export function notStarted(call: CallIdentity, cause: unknown): Envelope {
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `${call.name} was not called: the process for it (${about(call)}) could not be started: ${why}`
  return failure(call, new LoopStartError(message, { adapter: adapterName, cause }))
}

function endedError(call: CallIdentity, begun: boolean, { code, signal }: ExitStatus, cause: ErrorOptions = {}): Error {
  const how = signal !== undefined ? `by ${signal}` : code !== undefined ? `with code ${code}` : 'for a reason unknown'
  const options = { adapter: adapterName, exitCode: code, signal, ...cause }
  if (begun) {
    const why = cause.cause instanceof Error ? `: ${cause.cause.name}: ${cause.cause.message}` : ''
    return new LoopExitError(
      `the process of ${call.name} (${about(call)}) ended ${how}, before its result${why}`,
      options,
    )
  }
  const where = 'look at execPath, execArgv and NODE_OPTIONS, and at what it printed on its standard error'
  const message = `${call.name} was not called: the process for it (${about(call)}) ended ${how} before it ran: ${where}`
  return new LoopStartError(message, options)
}

function about({ loop }: CallIdentity): string {
  return `${adapterName}, the loop "${loop}"`
}

function failure({ id }: CallIdentity, error: Error): Envelope {
  // Where it was made says nothing to a user; the caller's frames will follow.
  error.stack = `${error.name}: ${error.message}`
  let envelope: Envelope | undefined
  postThrown(error, (thrown) => {
    envelope = { kind: 'throw', id, thrown }
  })
  if (envelope === undefined) throw error
  return envelope
}
