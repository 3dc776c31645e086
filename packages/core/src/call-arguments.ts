import { callbackName, type Extracted, extractCallbacks } from './callbacks.ts'
import type { CallRequest, LoopIdentity } from './client.ts'
import { type AmbisyncError, NotSupportedError, SerializationError } from './errors.ts'
import type { Call } from './protocol.ts'
import { findSpecials, type Special } from './special-values.ts'
import { explainRefusal } from './values.ts'

/** Arguments as they are sent, or why they are not. */
export interface PreparedArguments {
  readonly args: readonly unknown[]
  readonly callbacks?: Extracted | undefined
  readonly specials?: readonly Special[] | undefined
  readonly refusal?: AmbisyncError
}

export function prepareArguments(request: CallRequest, loop: LoopIdentity): PreparedArguments {
  const { args, name } = request
  try {
    const callbacks = extractCallbacks(args)
    if (callbacks !== undefined && !loop.capabilities.callbacks) {
      return { args, refusal: callbacksRefused(name, callbacks, loop) }
    }
    const sent = callbacks?.args ?? args
    return { args: sent, callbacks, specials: findSpecials(sent, 'args') }
  } catch (cause) {
    // What would be lost on the way, or cannot even be looked at, such as a revoked proxy.
    return { args, refusal: argumentRefused(request, loop, cause) }
  }
}

export function argumentRefused(
  { name, args }: Pick<Call, 'name' | 'args'>,
  loop: LoopIdentity,
  cause: unknown,
): AmbisyncError {
  const problem = `${name} was not called: ${explainRefusal(args, 'args', cause)}`
  return new SerializationError(problem, { adapter: loop.adapter, cause })
}

function callbacksRefused(name: string, { positions }: Extracted, loop: LoopIdentity): NotSupportedError {
  const which = positions.map((position) => callbackName(position, name)).join(', ')
  const message = `${name} was not called: the ${loop.adapter} adapter does not carry callbacks, such as ${which}`
  return new NotSupportedError(message, { adapter: loop.adapter })
}
