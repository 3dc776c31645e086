import { callbackName, type Extracted, extractCallbacks } from './callbacks.ts'
import type { CallRequest, LoopIdentity } from './client.ts'
import type { ContextSnapshot } from './context.ts'
import { type AmbisyncError, NotSupportedError, SerializationError } from './errors.ts'
import type { Call, CallContext } from './protocol.ts'
import { findSpecials, type Special } from './special-values.ts'
import { explainRefusal, isCloneable } from './values.ts'

/** Arguments as they are sent, or why they are not. */
export interface PreparedArguments {
  readonly args: readonly unknown[]
  readonly callbacks?: Extracted | undefined
  readonly specials?: readonly Special[] | undefined
  readonly context?: CallContext | undefined
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
    const prepared = { args: sent, callbacks, specials: findSpecials(sent, 'args') }
    return request.context === undefined ? prepared : withContext(prepared, request, request.context, loop)
  } catch (cause) {
    // What would be lost on the way, or cannot even be looked at, such as a revoked proxy.
    return { args, refusal: refused(request.name, args, 'args', loop, cause) }
  }
}

function withContext(
  prepared: PreparedArguments,
  request: CallRequest,
  context: ContextSnapshot,
  loop: LoopIdentity,
): PreparedArguments {
  try {
    return { ...prepared, context: context.encode() }
  } catch (cause) {
    return { ...prepared, refusal: refused(request.name, context.values, 'context', loop, cause) }
  }
}

/** Why a call could not be sent: for its arguments' sake, or for its context's. */
export function callRefused({ name, args, context }: Call, loop: LoopIdentity, cause: unknown): AmbisyncError {
  if (context !== undefined && !isCloneable(context.values))
    return refused(name, context.values, 'context', loop, cause)
  return refused(name, args, 'args', loop, cause)
}

function refused(name: string, value: unknown, path: string, loop: LoopIdentity, cause: unknown): AmbisyncError {
  const problem = `${name} was not called: ${explainRefusal(value, path, cause)}`
  return new SerializationError(problem, { adapter: loop.adapter, cause })
}

function callbacksRefused(name: string, { positions }: Extracted, loop: LoopIdentity): NotSupportedError {
  const which = positions.map((position) => callbackName(position, name)).join(', ')
  const message = `${name} was not called: the ${loop.adapter} adapter does not carry callbacks, such as ${which}`
  return new NotSupportedError(message, { adapter: loop.adapter })
}
