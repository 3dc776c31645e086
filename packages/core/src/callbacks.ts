import { decodeArrived, settleByValue, takeThrown } from './arrived.ts'
import { CallTable } from './call-table.ts'
import { DualCall, runCall } from './dual-call.ts'
import { AsyncInSyncError, SerializationError } from './errors.ts'
import { Future, type FutureSource, promiseOf, rejectedFuture, settle } from './future.ts'
import type { Handover } from './handover.ts'
import { disregard, isPromiseLike } from './is-promise-like.ts'
import { optional } from './optional.ts'
import type { CallbackPosition, Envelope, Invoke, InvokeReturn, InvokeThrow } from './protocol.ts'
import { thread } from './thread.ts'
import { causeOfRefusal, explainRefusal, isPlainObject } from './values.ts'
import type { Source } from './waiter.ts'

/*
 * Functions in arguments. They stay where they are: the task gets functions that stand for them, and a call of one
 * goes back to the caller's thread, which serves it also while it is blocked.
 */

type AnyCallback = (...args: unknown[]) => unknown

/** Arguments with the functions taken out of them. */
export interface Extracted {
  readonly args: readonly unknown[]
  readonly positions: readonly CallbackPosition[]
  readonly functions: readonly AnyCallback[]
}

/** How messages speak of a callback. */
export function callbackName([index, key]: CallbackPosition, call: string): string {
  return `the callback args[${index}]${key === undefined ? '' : `.${key}`} of ${call}`
}

/** Undefined if there are no functions where callbacks may stand: an argument, or a property of a plain object there. */
export function extractCallbacks(args: readonly unknown[]): Extracted | undefined {
  if (args.length === 0) return undefined
  const positions: CallbackPosition[] = []
  const functions: AnyCallback[] = []
  args.forEach((arg, index) => {
    if (typeof arg === 'function') {
      positions.push([index])
      functions.push(arg as AnyCallback)
    } else if (isPlainObject(arg)) {
      for (const key of Object.keys(arg)) {
        const { value } = Object.getOwnPropertyDescriptor(arg, key) ?? {}
        if (typeof value !== 'function') continue
        positions.push([index, key])
        // A method is called on its object, as it would be here.
        functions.push((...given) => Reflect.apply(value, arg, given))
      }
    }
  })
  if (functions.length === 0) return undefined
  const without = [...args]
  for (const [index, key] of positions) {
    without[index] = key === undefined ? undefined : { ...(without[index] as object), [key]: undefined }
  }
  return { args: without, positions, functions }
}

/** The end of a loop whose tasks call back. */
export interface CallbackOwner {
  readonly handover: Handover
  /** The loop is this thread's own, and goes on while this thread is blocked for it. */
  readonly turnsLoop: boolean
}

/** A callback that this thread is serving: it has not returned, or the promise that it returned is not settled. */
interface Serving {
  /** The end of the loop whose task called it, and the call that it is of. */
  readonly client: CallbackOwner
  readonly call: number
  /** That task blocks its loop's thread until it has the outcome. */
  readonly blocking: boolean
  readonly name: string
}

const serving = new Set<Serving>()

/** Whose callbacks are on this thread's stack, innermost last. */
const onStack: object[] = []

/** A callback for a task of that loop is running at this moment. */
export function isServing(client: object): boolean {
  return onStack.includes(client)
}

/**
 * The callback that a loop's thread is blocked for, and that this thread is still serving: until that is done, the
 * loop does nothing, so waiting for it would last for ever. A loop that is turned meanwhile can do everything but end
 * the call whose task is blocked: that is further down on this thread's stack.
 */
export function callbackInTheWay(client: CallbackOwner, call?: number): string | undefined {
  for (const each of serving) {
    if (each.client !== client || !each.blocking) continue
    if (!client.turnsLoop || each.call === call) return each.name
  }
  return undefined
}

/** A callback that a task of that loop is blocked for: until that is done, the loop cannot come to its end. */
export function callbackBeforeEnd(client: CallbackOwner): string | undefined {
  for (const each of serving) if (each.client === client && each.blocking) return each.name
  return undefined
}

/** The loop no longer waits for its callbacks: it has ended, or the call that they are of was cancelled. */
export function forgetServing(client: object, call?: number): void {
  for (const each of serving) {
    if (each.client === client && (call === undefined || each.call === call)) serving.delete(each)
  }
}

/** Runs a callback for the task that called it, and sends what comes of it by `post`. */
export function serveCallback(
  { id, call, args: cloned, specials, blocking }: Invoke,
  callback: AnyCallback,
  name: string,
  client: CallbackOwner,
  post: (envelope: Envelope) => void,
): void {
  const entry: Serving = { client, call, blocking, name }
  const { handover } = client
  const isStopped = thread.blocked > 0 && !client.turnsLoop
  const replyThrow = (thrown: unknown): void => {
    serving.delete(entry)
    handover.postThrown(thrown, (encoded) => post({ kind: 'invoke-throw', id, thrown: encoded }))
  }
  const replyReturn = (value: unknown): void => {
    serving.delete(entry)
    try {
      post({ kind: 'invoke-return', id, ...handover.encode(value, 'result') })
    } catch (cause) {
      const why = explainRefusal(value, 'result', cause)
      replyThrow(
        new SerializationError(`${name} returned what cannot be sent to the task: ${why}`, causeOfRefusal(cause)),
      )
    }
  }
  serving.add(entry)
  onStack.push(client)
  try {
    const arrived = { name: 'args', at: "on the caller's thread", what: `${name} was not called` } as const
    const args = decodeArrived({ value: cloned, ...optional('specials', specials) }, arrived)
    const returned = callback(...(args as readonly unknown[]))
    // A dual function was passed, and its call can be run either way.
    const result = returned instanceof DualCall && isStopped ? runCall(returned, callback) : returned
    if (!isPromiseLike(result)) {
      replyReturn(result)
    } else if (isStopped) {
      // What becomes of it can no longer be told, and is nobody's failure.
      disregard(result)
      replyThrow(asyncInSync(name))
    } else {
      result.then(replyReturn, replyThrow)
    }
  } catch (thrown) {
    replyThrow(thrown)
  } finally {
    onStack.pop()
  }
}

function asyncInSync(name: string): AsyncInSyncError {
  const advice = 'return a value from it, or call the task by .async'
  return new AsyncInSyncError(
    `${name} returned a promise while its thread was blocked, where no promise settles; ${advice}`,
  )
}

interface PendingInvoke {
  readonly call: number
  readonly future: Future<unknown>
  readonly label: string
}

/** The loop's side of all callbacks: the calls of them that are under way. */
export class CallbackCalls {
  readonly #post: (envelope: Invoke) => void
  /** What the loop's thread looks at while a task blocks it: the link to its caller. */
  readonly #sources: readonly Source[]
  readonly #handover: Handover
  readonly #pending = new CallTable<PendingInvoke>()
  #lastId = 0

  constructor(post: (envelope: Invoke) => void, source: Source, handover: Handover) {
    this.#post = post
    this.#sources = [source]
    this.#handover = handover
  }

  /** Arguments as the task gets them. `isOver` tells whether the call has ended, and its callbacks with it. */
  restore(
    args: readonly unknown[],
    positions: readonly CallbackPosition[],
    call: { readonly id: number; readonly name: string; readonly isOver: () => boolean },
  ): readonly unknown[] {
    const restored = [...args]
    positions.forEach((position, callback) => {
      const [index, key] = position
      const name = callbackName(position, call.name)
      const start = (blocking: boolean, given: readonly unknown[]): Future<unknown> => {
        if (call.isOver()) return refusedFuture(name, new TypeError(`${name} was used after that call had ended`))
        return this.#call(call.id, callback, name, blocking, given)
      }
      const stub = Object.assign((...given: unknown[]) => promiseOf(start(false, given)), {
        sync: (...given: unknown[]) => start(true, given).result(),
      })
      if (key === undefined) restored[index] = stub
      else
        Object.defineProperty(restored[index], key, {
          value: stub,
          enumerable: true,
          writable: true,
          configurable: true,
        })
    })
    return restored
  }

  receive(envelope: InvokeReturn | InvokeThrow): void {
    const pending = this.#pending.get(envelope.id)
    if (pending === undefined) return
    this.#pending.delete(envelope.id)
    if (envelope.kind === 'invoke-return') {
      const what = `what ${pending.label} returned cannot be read`
      settleByValue(pending.future, envelope, () => ({ name: 'result', at: "on the task's thread", what }))
    } else {
      takeThrown(envelope.thrown, "on the task's thread", (reason) => {
        settle(pending.future, { state: 'rejected', reason })
        if (envelope.refused) promiseOf(pending.future).catch(() => {})
      })
    }
  }

  /** A call was cancelled: nothing of its callbacks will come any more, and its task need not wait for it. */
  abandon(call: number, reason: unknown): void {
    for (const [id, each] of this.#pending.entries()) {
      if (each.call !== call) continue
      this.#pending.delete(id)
      settle(each.future, { state: 'rejected', reason })
      promiseOf(each.future).catch(() => {})
    }
  }

  #call(call: number, callback: number, label: string, blocking: boolean, args: readonly unknown[]): Future<unknown> {
    const id = ++this.#lastId
    const source: FutureSource = { label, awaits: () => this.#sources }
    const future = new Future<unknown>(source)
    try {
      // Before the call is under way: an `encode` of the user's may do anything.
      const { value, specials } = this.#handover.encode(args, 'args')
      this.#pending.set(id, { call, future, label })
      const sent = value as readonly unknown[]
      this.#post({ kind: 'invoke', id, call, callback, args: sent, blocking, ...optional('specials', specials) })
    } catch (cause) {
      this.#pending.delete(id)
      const why = explainRefusal(args, 'args', cause)
      settle(future, {
        state: 'rejected',
        reason: new SerializationError(`${label} was not called: ${why}`, causeOfRefusal(cause)),
      })
    }
    return future
  }
}

/** A task that does not wait for its callback would be ended by a rejection that it could not foresee. */
function refusedFuture(label: string, reason: unknown): Future<unknown> {
  const future = rejectedFuture(label, reason)
  promiseOf(future).catch(() => {})
  return future
}
