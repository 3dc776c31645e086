import { callbackName, type Extracted, extractCallbacks } from './callbacks.ts'
import type { CallRequest, LoopIdentity } from './client.ts'
import type { ContextSnapshot } from './context.ts'
import { type AmbisyncError, NotSupportedError, SerializationError } from './errors.ts'
import type { Handover } from './handover.ts'
import type { Call, CallContext } from './protocol.ts'
import { isObject, type Specials } from './special-values.ts'
import { type TransferList, whyDetached } from './transfer.ts'
import { countTree, notATree } from './tree.ts'
import { causeOfRefusal, explainRefusal, isCloneable } from './values.ts'

/** Arguments as they are sent, or why they are not. */
export interface PreparedArguments {
  readonly args: readonly unknown[]
  /** The same before they were encoded, to say what is wrong with them. */
  readonly given: readonly unknown[]
  readonly callbacks?: Extracted | undefined
  readonly specials?: Specials | undefined
  readonly tree?: number | undefined
  readonly context?: CallContext | undefined
  readonly refusal?: AmbisyncError | undefined
}

/** Runs `encode` of registered classes: code of the user's, which may do anything to the loop. */
export function prepareArguments(request: CallRequest, loop: LoopIdentity, handover: Handover): PreparedArguments {
  const { args, name, options } = request
  const { transfer } = options
  let given = args
  try {
    const tree = handover.byReference ? undefined : treeOf(args)
    // A tree is sent as it is: there are no callbacks in it, and nothing that has to be encoded.
    const callbacks = tree === undefined ? extractCallbacks(args) : undefined
    if (callbacks !== undefined && !loop.capabilities.callbacks) {
      return { args, given, refusal: callbacksRefused(name, callbacks, loop) }
    }
    given = callbacks?.args ?? args
    const detached = transfer && whyDetached(transfer)
    if (detached !== undefined) return { args, given, refusal: notCalled(name, detached, loop) }
    const { args: sent, specials } = tree === undefined ? encodeArguments(given, handover) : { args }
    // Written out: to spread an object here took longer than all else that this end does for a short call.
    const prepared: PreparedArguments = { args: sent, given, callbacks, specials, tree }
    return request.context === undefined ? prepared : withContext(prepared, name, request.context, loop, handover)
  } catch (cause) {
    // What would be lost on the way, or cannot even be looked at, such as a revoked proxy.
    return { args, given, refusal: refused(name, given, 'args', loop, cause, transfer) }
  }
}

/** How many objects there are, if they are a tree. */
function treeOf(args: readonly unknown[]): number | undefined {
  if (!args.some(isObject)) return undefined
  const tree = countTree(args)
  return tree === notATree ? undefined : tree
}

function encodeArguments(given: readonly unknown[], handover: Handover): Pick<PreparedArguments, 'args' | 'specials'> {
  if (!given.some(isObject)) return { args: given }
  const { value, specials } = handover.encode(given, 'args')
  return { args: value as readonly unknown[], specials }
}

function withContext(
  prepared: PreparedArguments,
  name: string,
  context: ContextSnapshot,
  loop: LoopIdentity,
  handover: Handover,
): PreparedArguments {
  try {
    return { ...prepared, context: context.encode(handover) }
  } catch (cause) {
    return { ...prepared, refusal: refused(name, context.values, 'context', loop, cause) }
  }
}

/** What a call was made of, to say what is wrong with it. */
interface Given {
  readonly args: readonly unknown[]
  readonly context: ContextSnapshot | undefined
  readonly transfer: TransferList | undefined
}

/** Why a call could not be sent: for its arguments' sake, or for its context's. */
export function callRefused({ name, context }: Call, given: Given, loop: LoopIdentity, cause: unknown): AmbisyncError {
  if (given.context !== undefined && context !== undefined && !isCloneable(context))
    return refused(name, given.context.values, 'context', loop, cause)
  return refused(name, given.args, 'args', loop, cause, given.transfer)
}

function refused(
  name: string,
  value: unknown,
  path: string,
  loop: LoopIdentity,
  cause: unknown,
  transfer?: TransferList,
): AmbisyncError {
  return notCalled(name, explainRefusal(value, path, cause, transfer), loop, causeOfRefusal(cause))
}

function notCalled(name: string, why: string, { adapter }: LoopIdentity, options?: ErrorOptions): SerializationError {
  return new SerializationError(`${name} was not called: ${why}`, { adapter, ...options })
}

function callbacksRefused(name: string, { positions }: Extracted, loop: LoopIdentity): NotSupportedError {
  const which = positions.map((position) => callbackName(position, name)).join(', ')
  const message = `${name} was not called: the ${loop.adapter} adapter does not carry callbacks, such as ${which}`
  return new NotSupportedError(message, { adapter: loop.adapter })
}
