import { now } from './deadline.ts'
import { afterDispatch } from './dispatch.ts'
import { type Future, outcomeOf, whenSettled } from './future.ts'
import { callChannel, captureContext, type TracingChannel, threadNumber } from './node-diagnostics.ts'
import { thread } from './thread.ts'

/** How a call was made. */
export type CallMode = 'sync' | 'async' | 'submit'

/** Which loop a call goes to. */
export interface CallTarget {
  readonly name: string
  readonly adapter: string
}

/**
 * The context object of `tracingChannel('ambisync.call')`: one for each call, the same for all of its events, so that
 * subscribers can keep what is theirs on it.
 */
export interface CallTrace {
  /** Unique in the process. */
  readonly id: string
  /** Name of the function. */
  readonly task: string
  readonly mode: CallMode
  /** Name of the loop; undefined for a function of this thread, such as a native pair. */
  readonly loop: string | undefined
  /** Name of its adapter. */
  readonly adapter: string | undefined
  /** From the call to its outcome, in milliseconds. There once there is an outcome. */
  duration?: number
  /** What the call returned. */
  result?: unknown
  /** What it threw, or was rejected with. */
  error?: unknown
}

/** Runs a blocking call: `start`, then `error` if it throws, then `end`. */
export function traceBlocking(task: string, loop: CallTarget | undefined, run: () => unknown): unknown {
  if (callChannel === undefined) return run()
  const { start, end, error } = callChannel
  const trace = traceOf(task, loop, 'sync')
  return start.runStores(trace, () => {
    const began = now()
    try {
      const result = run()
      trace.duration = now() - began
      trace.result = result
      return result
    } catch (thrown) {
      trace.duration = now() - began
      trace.error = thrown
      error.publish(trace)
      throw thrown
    } finally {
      end.publish(trace)
    }
  })
}

/**
 * Begins a call that goes on by itself: `start` and `end` around its beginning; `asyncStart` and `asyncEnd`, after
 * `error` if it failed, when this thread has its outcome.
 */
export function traceBeginning(
  task: string,
  loop: CallTarget | undefined,
  mode: CallMode,
  begin: () => Future<unknown>,
): Future<unknown> {
  if (callChannel === undefined) return begin()
  const channel = callChannel
  const trace = traceOf(task, loop, mode)
  return channel.start.runStores(trace, () => {
    const began = now()
    // The outcome arrives in a context that has nothing to do with the call.
    const inContext = captureContext()
    let future: Future<unknown>
    try {
      future = begin()
    } catch (thrown) {
      trace.duration = now() - began
      trace.error = thrown
      channel.error.publish(trace)
      throw thrown
    } finally {
      channel.end.publish(trace)
    }
    const finish = (): void => {
      trace.duration = now() - began
      // Subscribers are the user's code: not in the middle of a look.
      afterDispatch(() => inContext(() => publishOutcome(channel, trace, future)))
    }
    if (future.done()) finish()
    else whenSettled(future, finish)
    return future
  })
}

function traceOf(task: string, loop: CallTarget | undefined, mode: CallMode): CallTrace {
  const id = `${threadNumber()}-${++thread.tracedCalls}`
  return { id, task, mode, loop: loop?.name, adapter: loop?.adapter }
}

function publishOutcome(channel: TracingChannel, trace: CallTrace, future: Future<unknown>): void {
  const outcome = outcomeOf(future)
  if (outcome?.state === 'fulfilled') {
    trace.result = outcome.value
  } else {
    trace.error = outcome?.reason
    channel.error.publish(trace)
  }
  channel.asyncStart.publish(trace)
  channel.asyncEnd.publish(trace)
}
